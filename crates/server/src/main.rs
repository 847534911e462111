//! The program `phoihop`. Everything is in the library, where tests reach it.

use std::process::ExitCode;

/// Resolving many fields allocates much; this is markedly faster at it than the allocator of the C library.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    server::cli::run(std::env::args_os())
}
