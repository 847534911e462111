"""ariadne-codegen: a client is generated from the schema and every operation of the cookbook, and two of them are sent.

    python ariadne_client.py URL PERSONAS FOLDER
"""

import asyncio
import importlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

from check import check, finish

URL, PERSONAS, FOLDER = sys.argv[1:4]
ROOT = Path(__file__).resolve().parents[3]
with open(PERSONAS, encoding="utf-8") as file:
    TOKEN = json.load(file)["thai-binh-editor"]

SETTINGS = """
[tool.ariadne-codegen]
schema_path = "schema.graphql"
queries_path = "operations"
target_package_name = "phoihop_client"
include_comments = "none"
"""


def generate():
    """The client as a module."""
    folder = Path(FOLDER)
    operations = folder / "operations"
    operations.mkdir()
    shutil.copy(ROOT / "schema.graphql", folder)
    for path in (ROOT / "docs" / "cookbook").glob("*.graphql"):
        shutil.copy(path, operations)
    (folder / "settings.toml").write_text(SETTINGS, encoding="utf-8")
    command = "from ariadne_codegen.main import main; main()"
    made = subprocess.run(
        [sys.executable, "-c", command, "--config", "settings.toml"], cwd=folder, capture_output=True, text=True
    )
    check("a client is generated", made.returncode == 0, (made.stdout + made.stderr)[-900:])
    sys.path.insert(0, FOLDER)
    return importlib.import_module("phoihop_client")


def variables(name):
    """What the cookbook asks an operation with."""
    return json.loads((ROOT / "docs" / "cookbook" / f"{name}.json").read_text(encoding="utf-8"))


async def main():
    module = generate()
    async with module.Client(url=URL, headers={"authorization": f"Bearer {TOKEN}"}) as client:
        page = await client.program_page(**variables("program-page"))
        program = page.programs.nodes[0]
        check("a page of everything is answered", "bảo vệ phụ nữ" in program.title, page)
        check("a list in it has its type", len(program.signatories.nodes) > 0, program)
        check("the enumeration is one", isinstance(program.kind, module.ProgramKind), type(program.kind))
        viewer = await client.who_am_i(**variables("viewer"))
        check("the viewer is whose token it is", viewer.viewer.principal.endswith("thai-binh-editor"), viewer)
        answer = await client.execute("{ programs(first: 101) { nodes { id } } }")
        try:
            client.get_data(answer)
            code = None
        except module.GraphQLClientGraphQLMultiError as error:
            code = error.errors[0].extensions["code"]
        check("an error keeps its code", code == "PAGE_TOO_LARGE", answer.text)


asyncio.run(main())
finish()
