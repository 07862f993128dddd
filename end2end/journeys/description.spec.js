import { Validator } from "@seriousme/openapi-schema-validator";
import { expect, test } from "./city.js";

test("the description of the interface is valid OpenAPI 3.1", async ({ request }) => {
  const answer = await request.get("/api/v1/openapi.json");
  const { valid, errors } = await new Validator().validate(await answer.json());
  expect(errors ?? []).toEqual([]);
  expect(valid).toBe(true);
});
