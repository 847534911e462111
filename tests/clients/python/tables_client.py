"""The recipes of docs/export.md: pandas as it stands there, and what Power Query and Grafana's Infinity send.

    python tables_client.py URL PERSONAS
"""

import base64
import contextlib
import csv
import gzip
import io
import json
import pathlib
import re
import sys
import urllib.error
import urllib.parse
import urllib.request

import pandas as pd

from check import check, finish

URL, PERSONAS = sys.argv[1:3]
SERVICE = URL.removesuffix("/graphql")
GUIDE = (pathlib.Path(__file__).parents[3] / "docs/export.md").read_text(encoding="utf-8")
with open(PERSONAS, encoding="utf-8") as file:
    TOKENS = json.load(file)


def block(language):
    """The first recipe in a language, asking this service."""
    text = re.search(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL).group(1)
    return re.sub(r"https?://[a-z0-9.:]+", SERVICE, text)


def get(path, **headers):
    """The status, the headers and the body."""
    request = urllib.request.Request(SERVICE + path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def rows(body):
    return list(csv.DictReader(io.StringIO(body.decode("utf-8"), newline="")))


def pandas():
    printed = io.StringIO()
    names = {}
    with contextlib.redirect_stdout(printed):
        exec(block("python"), names)
    read, plain = names["results"], rows(get("/export/results.csv?labels=code&escape=0")[2])
    check("pandas reads every row", len(read) == len(plain) > 50, len(read))
    check("and every column", list(read.columns) == list(plain[0]), list(read.columns))
    same = [
        (name, mine, theirs)
        for name in read.columns
        for mine, theirs in zip(read[name], (row[name] for row in plain))
        if (not pd.isna(mine) if theirs == "" else float(theirs) != mine if name == "value" else theirs != mine)
    ]
    check("as they are, and nothing where nothing is known", not same, same[:3])
    figures = {}
    for row in plain:
        if row["value"] and not row["subset_of_id"] and not row["of_result_id"]:
            figures[row["indicator"]] = figures.get(row["indicator"], 0) + float(row["value"])
    sums = names["whole"].groupby("indicator")["value"].sum()
    check("the sums are those of the rows", all(sums[code] == total for code, total in figures.items()), figures)
    check("and are printed", "indicator" in printed.getvalue(), printed.getvalue())
    token = next(iter(TOKENS.values()))
    with_token = pd.read_csv(names["url"], dtype=str, storage_options={"Authorization": f"Bearer {token}"})
    check("a token goes along", len(with_token) >= len(plain), len(with_token))


def power_query():
    # The address is put together from RelativePath and Query; Basic is sent at once, to the first part alone as well.
    recipe = block("m")
    path = re.search(r'RelativePath = "([^"]+)"', recipe).group(1)
    query = dict(re.findall(r'(\w+) = "([^"]*)"', re.search(r"Query = \[([^]]*)\]", recipe).group(1)))
    whole = f"/{path}?{urllib.parse.urlencode(query)}"
    agent = "Microsoft.Data.Mashup (https://go.microsoft.com/fwlink/?LinkID=304225)"
    status, headers, body = get(whole, User_Agent=agent, Accept_Encoding="gzip, deflate")
    check("Power Query gets a table, compressed", status == 200 and headers["content-encoding"] == "gzip", headers)
    table = rows(gzip.decompress(body))
    check("with the columns whose types it sets", {"value", "period_earliest"} <= set(table[0]), table[0])
    check("the same as without it", table == rows(get(whole)[2]), len(table))
    status, _, _ = get("/", User_Agent=agent)
    check("the first part of the address answers", status == 200, status)
    wrong = base64.b64encode(b"excel:phk_wrong").decode()
    status, headers, _ = get(whole, User_Agent=agent, Authorization=f"Basic {wrong}")
    offered = headers.get_all("www-authenticate") or []
    check("a wrong key is asked for again", status == 401 and any(one.startswith("Basic") for one in offered), offered)


def infinity():
    token = next(iter(TOKENS.values()))
    for kind, accept in [("csv", "text/csv; charset=utf-8"), ("json", "application/json;q=0.9,text/plain")]:
        status, headers, body = get(
            f"/export/totals.{kind}?labels=code", User_Agent="Grafana/12.0.0", Accept=accept, Authorization=f"Bearer {token}"
        )
        check(f"Infinity gets {kind}", status == 200 and kind in headers["content-type"], headers)
        # Of JSON it is told the root `rows`.
        table = rows(body) if kind == "csv" else json.loads(body)["rows"]
        check(f"rows of {kind}, with the column that it is told is a number", len(table) > 10 and "value" in table[0], table[:1])


pandas()
power_query()
infinity()
finish()
