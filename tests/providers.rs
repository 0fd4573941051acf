//! Pages and the engine that reads them: every example runs, every error row speaks, every rule fires.

#[path = "providers/pages.rs"]
mod pages;
