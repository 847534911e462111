"""schemathesis: operations made up from the introspection, the same ones in each run; the service must not fail on any.

    python schemathesis_client.py URL PERSONAS FOLDER [EXAMPLES]

What is made up is mostly refused, for a limit or a value, and a refusal is an answer; so each operation is sent a second
time with values that are none to refuse, and is executed. An answer that cannot be read, a status of 500 and above, or an
error that the service takes upon itself is a failure.
"""

import json
import sys
from collections import Counter

import requests
import schemathesis
from graphql import REMOVE, IntValueNode, ObjectValueNode, StringValueNode, Visitor, parse, print_ast, visit
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.graphql import nodes

from check import check, finish

URL, PERSONAS = sys.argv[1:3]
EXAMPLES = int(sys.argv[4]) if len(sys.argv) > 4 else 40
with open(PERSONAS, encoding="utf-8") as file:
    TOKEN = json.load(file)["thai-binh-editor"]

# Half of them as they should be, so that something is executed, and half of them not.
DATES = st.dates().map(str) | st.sampled_from(["2020-02-30", "0000-01-01", "9999-12-31", "", "2020-02-25T00:00:00Z", "-1-01-01"])
PARTIAL = DATES | st.sampled_from(["2020", "2020-06", "2020~", "2020/2021", "../2020", "20XX"])
DECIMALS = st.decimals(allow_nan=False, allow_infinity=False).map(str) | st.text(max_size=10)
KNOWN = {"Date": DATES, "DateTime": DATES, "PartialDate": PARTIAL, "Decimal": DECIMALS}
BUILT_IN = {"Int", "Float", "String", "Boolean", "ID"}


def scalars(schema):
    """Tells how the schema's own scalars are made up; one that is new is any text."""
    for kind in schema.raw_schema["__schema"]["types"]:
        if kind["kind"] == "SCALAR" and kind["name"] not in BUILT_IN:
            schemathesis.graphql.scalar(kind["name"], KNOWN.get(kind["name"], st.text(max_size=20)).map(nodes.String))


class Tame(Visitor):
    """Replaces values that no operation can be executed with."""

    def __init__(self, identifier):
        super().__init__()
        self.identifier = identifier

    def enter_argument(self, node, *_):
        name = node.name.value
        # One page, from the beginning.
        if name in ("last", "before", "after", "tenants", "offset", "max"):
            return REMOVE
        if name == "first":
            node.value = IntValueNode(value="2")
        if name in ("id", "ids"):
            node.value = StringValueNode(value=self.identifier)
        if name == "orderBy" and isinstance(node.value, ObjectValueNode):
            return REMOVE
        return None

    def leave_object_field(self, node, *_):
        if node.value.kind == "null_value":
            return REMOVE
        return None


def ask(query):
    return requests.post(URL, json={"query": query}, headers={"authorization": f"Bearer {TOKEN}"}, timeout=30)


def outcome(response, query):
    """The codes of the answer, or "served"; raises AssertionError when the service failed."""
    assert response.status_code < 500, f"{response.status_code}: {response.text[:500]}\n{query}"
    errors = response.json().get("errors", [])
    codes = {error.get("extensions", {}).get("code") for error in errors}
    assert not codes & {"INTERNAL_SERVER_ERROR", None}, f"{codes}: {response.text[:500]}\n{query}"
    return sorted(codes) or ["served"]


def exercise(operation, tame, outcomes):
    """Sends made up operations of one root field."""

    @seed(1)
    @settings(
        max_examples=EXAMPLES,
        database=None,
        deadline=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def sent(case):
        outcomes.update(outcome(case.call(headers={"authorization": f"Bearer {TOKEN}"}, timeout=30), case.body))
        query = print_ast(visit(parse(case.body if isinstance(case.body, str) else case.body["query"]), tame))
        outcomes.update(outcome(ask(query), query))

    sent()


def main():
    schema = schemathesis.graphql.from_url(URL)
    scalars(schema)
    tame = Tame(ask("{ programs(first: 1) { nodes { id } } }").json()["data"]["programs"]["nodes"][0]["id"])
    count = 0
    total = Counter()
    for result in schema.get_all_operations():
        operation = result.ok()
        # Nobody in particular changes anything: every mutation would be refused before its input is looked at.
        if operation.label.startswith("Mutation."):
            continue
        count += 1
        outcomes = Counter()
        try:
            exercise(operation, tame, outcomes)
            failure = None
        except Exception as error:  # Several failures come as a group.
            failure = error
        total += outcomes
        said = ", ".join(f"{code} × {times}" for code, times in outcomes.most_common())
        check(f"{operation.label}: {said}", failure is None, failure)
    check("there are root fields", count > 10, count)
    check("operations are executed as well", total["served"] > count, total)


main()
finish()
