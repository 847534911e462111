"""sgqlc: types are generated from the introspection, an operation is written with them and sent.

    python sgqlc_client.py URL PERSONAS FOLDER
"""

import importlib
import json
import subprocess
import sys

from sgqlc.endpoint.http import HTTPEndpoint
from sgqlc.operation import Operation

from check import check, finish

URL, PERSONAS, FOLDER = sys.argv[1:4]
with open(PERSONAS, encoding="utf-8") as file:
    TOKEN = json.load(file)["thai-binh-editor"]


def generate():
    """The types as a module."""
    introspection = f"{FOLDER}/introspection.json"
    # --max-depth and the like are left as they are: the tool asks what it asks.
    asked = subprocess.run([sys.executable, "-m", "sgqlc.introspection", URL, introspection], capture_output=True, text=True)
    check("the schema is introspected", asked.returncode == 0, asked.stderr)
    command = "import sys; from sgqlc.codegen import main; sys.exit(main())"
    made = subprocess.run(
        [sys.executable, "-c", command, "schema", introspection, f"{FOLDER}/phoihop_types.py"], capture_output=True, text=True
    )
    check("types are generated", made.returncode == 0, made.stderr)
    sys.path.insert(0, FOLDER)
    return importlib.import_module("phoihop_types")


def main():
    types = generate()
    endpoint = HTTPEndpoint(URL, {"authorization": f"Bearer {TOKEN}"})
    operation = Operation(types.Query)
    programs = operation.programs(first=3, where={"tenant": {"slug": {"eq": "thai-binh"}}})
    programs.nodes.title()
    programs.nodes.signatories(first=5).nodes.agency.name()
    programs.total_count.value()
    answer = endpoint(operation)
    check("an operation is answered", "errors" not in answer, answer)
    found = (operation + answer).programs
    check("the answer has the types", len(found.nodes) == 3 and all(node.title for node in found.nodes), answer)
    check("fields of fields are there", found.nodes[0].signatories.nodes is not None and found.total_count.value >= 3, answer)

    wrong = Operation(types.Query)
    wrong.programs(first=101).nodes.id()
    answer = endpoint(wrong)
    code = answer.get("errors", [{}])[0].get("extensions", {}).get("code")
    check("an error keeps its code", code == "PAGE_TOO_LARGE", answer)


main()
finish()
