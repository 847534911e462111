# Each target is a thin line over cargo or a script, which can be called without make as well.
.DEFAULT_GOAL := help
.PHONY: help run test lint layers schema smoke oidc test-clients attack faults fuzz neighbor bench seed-bench report-bench \
  export-bench ci

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile

run: ## build, fill an embedded database with the sample dossiers, serve
	cargo run --locked -- demo

test: ## every test, on SQLite and on a PostgreSQL of its own
	./scripts/with-postgres.sh cargo test --workspace --locked

lint: ## formatting, clippy and documentation, warnings as errors
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --locked

layers: ## prove that no crate depends on a layer above it
	./scripts/layers.sh

# A schema is replaced only when it was printed whole: the program may well read the old one.
schema: ## write schema.graphql and the dossiers' JSON Schema anew
	cargo run --quiet --locked -- schema print > schema.graphql.tmp
	mv schema.graphql.tmp schema.graphql
	cargo run --quiet --locked -- schema print --dossier > crates/dossier/phoihop-1.schema.json.tmp
	mv crates/dossier/phoihop-1.schema.json.tmp crates/dossier/phoihop-1.schema.json

smoke: ## start the program twice, ask it something, stop it
	./scripts/smoke.sh

oidc: ## show the program tokens of a real OpenID Connect provider
	./scripts/oidc.sh

test-clients: ## run the clients and tools that programs use against the program
	./scripts/clients.sh
	./scripts/clients-python.sh

attack: ## send the program what hostile clients would
	./scripts/attack.sh

faults: ## break the program in the middle of its work, and see that nothing is lost
	./scripts/faults.sh

fuzz: ## let a fuzzer look for documents that hurt, for a minute
	./scripts/fuzz.sh

neighbor: ## measure what a noisy tenant does to another
	./scripts/neighbor.sh

bench: ## measure what the tests cannot hold
	cargo bench --package it --locked

SCALE ?= 10
seed-bench: ## measure how fast a database is filled with invented records: make seed-bench SCALE=100
	./scripts/with-postgres.sh ./scripts/seed-bench.sh $(SCALE)

report-bench: ## measure the cube and coverage beside SQL, and as data grows: make report-bench SCALE=100
	./scripts/with-postgres.sh ./scripts/report-bench.sh $(SCALE)

export-bench: ## measure how fast tables are exported from a large database: make export-bench SCALE=100
	./scripts/with-postgres.sh ./scripts/export-bench.sh $(SCALE)

ci: ## everything that is checked before a change is taken
	./.ci/run
