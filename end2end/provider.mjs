// An OpenID provider for tests: real (panva's oidc-provider), on loopback, in memory, nothing from outside.
//
//   node provider.mjs --redirect URI [--port N] [--secret S] [--accounts FILE] [--strict] [--until-stdin-closes]
//
// --secret: printable ASCII only, as the provider demands.
// --port 0 (the default) takes a free port. When it listens, it prints one line: {"issuer":"http://127.0.0.1:PORT"}
// --redirect: without a port, http://127.0.0.1/oidc/callback, it stands for every port; may be given several times.
// --accounts: JSON, { "id": { "name": …, "preferred_username": … }, … }.
// --strict: name and preferred_username come from the userinfo endpoint only, as OpenID Connect Core 5.4 has it;
//           without it they are in the ID token too, as most providers do.
// --until-stdin-closes: end when the program that started this one does.
import { createServer } from 'node:http';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import Provider, { interactionPolicy } from 'oidc-provider';

const { values: args } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    redirect: { type: 'string', multiple: true },
    secret: { type: 'string', default: 'zhitong-secret' },
    accounts: { type: 'string' },
    strict: { type: 'boolean', default: false },
    'until-stdin-closes': { type: 'boolean', default: false },
  },
});
if (!args.redirect) throw new Error('--redirect is missing');

const accounts = args.accounts
  ? JSON.parse(readFileSync(args.accounts, 'utf8'))
  : {
      'u-1001': { name: '张伟', preferred_username: 'zhangwei' },
      'u-1002': { name: '李娜', preferred_username: 'lina' },
    };

const server = createServer();
await new Promise((done) => server.listen(Number(args.port), '127.0.0.1', done));
const issuer = `http://127.0.0.1:${server.address().port}`;

const key = {
  ...generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }),
  kid: randomBytes(8).toString('hex'),
  use: 'sig',
  alg: 'RS256',
};

const policy = interactionPolicy.base();
policy.get('consent').checks.remove('native_client_prompt');

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: 'zhitong',
      application_type: 'native', // a redirect URI http://127.0.0.1/… without a port then stands for every port
      client_secret: args.secret,
      redirect_uris: args.redirect,
      response_types: ['code'],
      grant_types: ['authorization_code'],
      token_endpoint_auth_method: 'client_secret_basic',
    },
  ],
  jwks: { keys: [key] },
  cookies: { keys: [randomBytes(32).toString('hex')] },
  scopes: ['openid', 'profile'],
  claims: { openid: ['sub'], profile: ['name', 'preferred_username'] },
  conformIdTokenClaims: args.strict,
  pkce: { required: () => true },
  features: { devInteractions: { enabled: false } },
  interactions: { policy, url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_ctx, sub) =>
    accounts[sub] && { accountId: sub, claims: () => ({ sub, ...accounts[sub] }) },
  // Whoever has signed in has consented: no second page.
  async loadExistingGrant(ctx) {
    const { client, session, params } = ctx.oidc;
    const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
    grant.addOIDCScope(params.scope);
    await grant.save();
    return grant;
  },
  // Its own error page would ask the web for a font.
  renderError(ctx, out) {
    ctx.type = 'text/plain';
    ctx.body = `${out.error}: ${out.error_description ?? ''}\n`;
  },
  ttl: { AccessToken: 300, AuthorizationCode: 60, Grant: 3600, IdToken: 300, Interaction: 600, Session: 3600 },
});

const escape = (text) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

const page = (uid, wrong) => `<!doctype html>
<html lang="zh-CN"><meta charset="utf-8"><title>测试登录</title><link rel="icon" href="data:,">
<h1>测试登录</h1>${wrong ? '<p role="alert">没有这个帐号</p>' : ''}
<form method="post" action="/interaction/${escape(uid)}">
<label>帐号 <input name="login" autocomplete="off" autofocus></label>
<button name="do" value="login">登录</button> <button name="do" value="cancel">取消</button>
</form></html>`;

async function interaction(req, res) {
  const { uid } = await provider.interactionDetails(req, res);
  const show = (status, wrong) => {
    res.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
    res.end(page(uid, wrong));
  };
  if (req.method !== 'POST') return show(200, false);
  let body = '';
  for await (const part of req) body += part;
  const form = new URLSearchParams(body);
  if (form.get('do') === 'cancel') {
    return provider.interactionFinished(req, res, { error: 'access_denied', error_description: 'cancelled' });
  }
  // An account by its id, or by the name one types.
  const typed = form.get('login') ?? '';
  const id = Object.keys(accounts).find((k) => k === typed || accounts[k].preferred_username === typed);
  if (!id) return show(401, true);
  return provider.interactionFinished(req, res, { login: { accountId: id } });
}

const rest = provider.callback();
server.on('request', (req, res) => {
  if (!req.url.startsWith('/interaction/')) return rest(req, res);
  interaction(req, res).catch((error) => {
    res.writeHead(error.statusCode ?? 500, { 'content-type': 'text/plain' });
    res.end(`${error.error ?? error.message}\n`);
  });
});
provider.on('server_error', (_ctx, error) => console.error(error));

if (args['until-stdin-closes']) process.stdin.resume().on('end', () => process.exit(0));
console.log(JSON.stringify({ issuer }));
