"""What schemathesis cannot guess of the demo: numbers of orders, codes of bodies, days to come.

Three times of four a field that is known by its name gets a value that there is, so that steps
are also taken and not only refused; the fourth time it stays as it was made up.
"""

import datetime
import os
import random

import requests
import schemathesis

SEED = os.environ["FUZZ_SEED"]
NOW = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8)))


def listed(what, token="FUZZ_TOKEN"):
    address = os.environ["FUZZ_API"] + "/" + what
    headers = {"Authorization": "Bearer " + os.environ[token]}
    return requests.get(address, headers=headers, timeout=10).json().get("items", [])


# Who sees no orders knocks at those of others.
ORDERS = listed("orders?limit=200") or listed("orders?limit=200", "FUZZ_CENTRE")
NUMBERS = [order["number"] for order in ORDERS]
MEETINGS = [meeting["number"] for meeting in listed("meetings", "FUZZ_CENTRE")]
GIVEN = listed("tasks", "FUZZ_CENTRE")
MEETINGS += [task["meeting"] for task in GIVEN if task["meeting"]][:1]
TASKS = [task["number"] for task in GIVEN if task["number"]]
OF_KIND = {"orders": NUMBERS, "meetings": MEETINGS, "tasks": TASKS}
FILES = []
BODIES = [body["code"] for body in listed("departments")[:12]]
# A token that is of no use would find no fault either.
assert ORDERS and BODIES
DAYS = [(NOW + datetime.timedelta(days=n)).date().isoformat() for n in range(1, 15)]
SMALL = list(range(1, 20))
TEXTS = ["门前道路积水，请派人查看。", "今日已办结 🚧\n详见附件", "A <b>word</b> of 'Latin' 100%"]

KNOWN = {
    name: sorted({order[name] for order in ORDERS if order[name]})
    for name in ("stage", "light", "urgency", "category", "township", "project")
}
# None leaves the field out.
for names, values in {
    "department co_handler owner propose": BODIES,
    "co_handlers co_owners bodies": [BODIES[:1], BODIES[1:3], None],
    "other into": NUMBERS,
    "card task commitment chair minutes": SMALL,
    "days": SMALL + [None],
    "reason text title content clause basis proof difficulty place": TEXTS,
    "decline comment obstacle stakes tried evidence": TEXTS + [None],
    "deadline": DAYS + SMALL,
    "until": DAYS + [None],
    "starts_at": [day + "T10:00" for day in DAYS],
    "happened_at": [NOW.isoformat(timespec="seconds"), None],
    "year": [NOW.year, NOW.year + 1],
    "grant uphold undo": [True, False, None],
    "revision seen": [0, 1, 2],
    "contact": [{"name": "王芳", "phone": "13800000002"}],
    "name": ["图.png", "a.pdf"],
    "size": [1, 2, 3],
    "Upload-Offset": ["0"],
    # A version that is made up only ever says that somebody was quicker.
    "version If-Match": [None],
}.items():
    KNOWN |= dict.fromkeys(names.split(), values)


@schemathesis.hook
def before_call(context, case, kwargs):
    # By the case and not by a running number: what failed comes again when it is tried again.
    dice = random.Random(SEED + repr((case.path, case.method, case.path_parameters, case.body)))
    known = KNOWN | {
        "number": OF_KIND.get(case.path.split("/")[1], NUMBERS),
        "id": FILES,
        "attachments": [[file] for file in FILES[-3:]] + [None],
    }
    if "co_hand" in case.path:
        known["task"] = TEXTS
    for fields in (case.path_parameters, case.query, case.headers, case.body):
        for name in list(fields) if hasattr(fields, "keys") else []:
            if known.get(name) and dice.random() < 0.75:
                fields[name] = dice.choice(known[name])
                if fields[name] is None:
                    del fields[name]


@schemathesis.hook
def after_call(context, case, response):
    if response.status_code == 201:
        made = response.json()
        made_of = OF_KIND | {"attachments": FILES}
        made_of[case.path.split("/")[1]].append(made.get("number", made.get("id")))


# Pieces of files.
@schemathesis.serializer("application/offset+octet-stream")
def piece(context, value):
    return value.encode() if isinstance(value, str) else repr(value).encode()
