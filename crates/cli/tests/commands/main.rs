//! The binary as scripts and people use it, a module a command.

mod check;
mod demo;
mod eval;
mod serve;
mod support;
