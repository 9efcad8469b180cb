//! The binary as scripts and people use it, a module a command.

mod check;
mod completions;
mod demo;
mod eval;
mod explain;
mod fix;
mod pictures;
mod sarif;
mod serve;
mod support;
