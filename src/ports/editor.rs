//! A text in the user's own editor: written to a file that nobody else can read, handed to `$VISUAL` or `$EDITOR`, read
//! back and removed. Whoever calls has lent the terminal before. Texts of fields and messages hold no secrets; a draft
//! of the configuration may, and lies beside it.

use std::ffi::OsString;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use crate::error::{Error, Result};

use super::children;
use super::closed::{create, make_dir};
use super::paths::{self, Lookup, reason};

/// Largest text taken back, in bytes: what a field holds.
pub const MOST: usize = 64 * 1024;

/// The editor, and where its files lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Editor {
    /// As the user wrote it, with its own arguments: `code --wait`.
    command: OsString,
    dir: PathBuf,
}

impl Editor {
    /// `$VISUAL`, else `$EDITOR`, else `vi`. Files lie in the runtime directory, which the system empties, else in
    /// the state directory.
    pub fn find(env: Lookup<'_>) -> Result<Editor> {
        let set = |name: &str| env(name).filter(|value| !value.is_empty());
        let command = command(env);
        let runtime =
            set("XDG_RUNTIME_DIR").map(PathBuf::from).filter(|dir| dir.is_absolute() && dir.is_dir());
        let dir = match runtime {
            Some(dir) => dir.join("roomkey"),
            None => paths::places(None, env)?.state_dir,
        };
        Ok(Editor { command, dir })
    }

    /// Lets the user edit a text and returns what became of it. Blocks until the editor has ended. `ending` is that of
    /// the file's name: `json`.
    pub fn edit(&self, text: &str, ending: &str) -> Result<String> {
        let file = Draft::write(&self.dir, text, ending)?;
        self.open(&file)?;
        file.read(MOST)
    }

    /// Opens a draft, which is the caller's to read. Blocks until the editor has ended.
    pub fn open(&self, draft: &Draft) -> Result<()> {
        let mut command = started(&self.command, &draft.0);
        command.stdin(Stdio::inherit()).stdout(Stdio::inherit()).stderr(Stdio::inherit());
        let status = command.status().map_err(|error| self.failed(&reason(&error)))?;
        if status.success() { Ok(()) } else { Err(self.failed(&ended(status))) }
    }

    fn failed(&self, why: &str) -> Error {
        let name = self.command.to_string_lossy();
        Error::other(format!("the editor `{name}` did not do it: {why}; nothing was changed"))
            .hint("set EDITOR to the one you like")
    }
}

/// `$VISUAL`, else `$EDITOR`, else `vi`, as the user wrote it.
pub fn command(env: Lookup<'_>) -> OsString {
    let set = |name: &str| env(name).filter(|value| !value.is_empty());
    set("VISUAL").or_else(|| set("EDITOR")).unwrap_or_else(|| "vi".into())
}

fn ended(status: ExitStatus) -> String {
    match status.code() {
        Some(127) => "it was not found".to_owned(),
        Some(code) => format!("it ended with {code}"),
        None => "a signal ended it".to_owned(),
    }
}

/// What the user wrote is for a shell to read, as everywhere; the file's name is not.
#[cfg(unix)]
fn started(command: &OsString, file: &Path) -> Command {
    let mut line = command.clone();
    line.push(r#" "$1""#);
    let mut shell = children::command("sh");
    shell.arg("-c").arg(line).arg("sh").arg(file);
    shell
}

#[cfg(not(unix))]
fn started(command: &OsString, file: &Path) -> Command {
    let mut editor = children::command(&command.to_string_lossy());
    editor.arg(file);
    editor
}

/// The file of one edit, for the user alone; it goes when it is dropped, unless it is kept.
pub struct Draft(PathBuf);

impl Draft {
    /// A new file in this directory, which is made where there is none.
    pub fn write(dir: &Path, text: &str, ending: &str) -> Result<Draft> {
        let failed = |error: io::Error| {
            Error::other(format!(
                "could not write a file for the editor in {}: {}",
                dir.display(),
                reason(&error)
            ))
        };
        make_dir(dir).map_err(failed)?;
        let process = std::process::id();
        let free = (0..100).map(|nth| dir.join(format!("edit-{process}-{nth}.{ending}")));
        for path in free {
            match create(&path) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
                made => {
                    let (mut file, draft) = (made.map_err(failed)?, Draft(path));
                    file.write_all(text.as_bytes()).map_err(failed)?;
                    return Ok(draft);
                }
            }
        }
        Err(failed(io::ErrorKind::AlreadyExists.into()))
    }

    /// What the editor left, of at most so many bytes.
    pub fn read(&self, most: usize) -> Result<String> {
        let (bytes, _) = paths::read_bytes(&self.0, most).map_err(|error| {
            Error::other(format!("what the editor left was not taken: {}", error.message()))
        })?;
        String::from_utf8(bytes.to_vec())
            .map_err(|_| Error::other("what the editor left was not taken: it is not UTF-8"))
    }

    /// Lets the file lie, and says where.
    pub fn keep(mut self) -> PathBuf {
        std::mem::take(&mut self.0)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // There is nothing to be done about a file that will not go, and nobody else can read it.
        if !self.0.as_os_str().is_empty() {
            let _ = fs::remove_file(&self.0);
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn editor(script: &str) -> (tempfile::TempDir, Editor) {
        let home = tempfile::tempdir().unwrap();
        let dir = home.path().join("private");
        (home, Editor { command: script.into(), dir })
    }

    fn is_empty(editor: &Editor) -> bool {
        fs::read_dir(&editor.dir).unwrap().next().is_none()
    }

    #[test]
    fn the_text_comes_back_and_the_file_goes() {
        let (_home, editor) = editor("f() { printf ' and you' >> \"$1\"; }; f");
        assert_eq!(editor.edit("Hello\n", "txt").unwrap(), "Hello\n and you");
        assert!(is_empty(&editor));
        assert_eq!(fs::metadata(&editor.dir).unwrap().permissions().mode() & 0o777, 0o700);
    }

    #[test]
    fn the_file_is_the_users_alone() {
        let (home, editor) = editor("f() { stat -c %a \"$1\" > \"$(dirname \"$1\")/../mode\"; }; f");
        editor.edit("x", "txt").unwrap();
        assert_eq!(fs::read_to_string(home.path().join("mode")).unwrap().trim(), "600");
    }

    #[test]
    fn an_editor_that_fails_changes_nothing_and_leaves_nothing() {
        for (script, why) in [
            ("no-such-editor-anywhere", "it was not found"),
            ("f() { echo lost > \"$1\"; exit 3; }; f", "it ended with 3"),
            ("f() { rm \"$1\"; }; f", "there is no file"),
            ("f() { printf '\\377' > \"$1\"; }; f", "it is not UTF-8"),
            ("f() { head -c 70000 /dev/zero > \"$1\"; }; f", "is larger than 64 KiB"),
        ] {
            let (_home, editor) = editor(&format!("exec 2>/dev/null; {script}"));
            let error = editor.edit("kept", "txt").unwrap_err();
            assert!(error.to_string().contains(why), "{script}: {error}");
            assert!(is_empty(&editor), "{script}");
        }
    }

    #[test]
    fn the_environment_says_which_and_where() {
        let home = tempfile::tempdir().unwrap();
        let found = |set: &[(&str, &str)]| {
            let set: Vec<(String, OsString)> =
                set.iter().map(|(name, value)| ((*name).to_owned(), (*value).into())).collect();
            let path = home.path().to_owned();
            let env = move |name: &str| match name {
                "XDG_STATE_HOME" => Some(path.join("state").into_os_string()),
                _ => set.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone()),
            };
            Editor::find(&env).unwrap()
        };
        assert_eq!(found(&[("EDITOR", "ed"), ("VISUAL", "code --wait")]).command, "code --wait");
        assert_eq!(found(&[("EDITOR", "ed"), ("VISUAL", "")]).command, "ed");
        assert_eq!(found(&[]).command, "vi");
        assert_eq!(found(&[]).dir, home.path().join("state/roomkey"));
        let runtime = home.path().to_str().unwrap();
        assert_eq!(found(&[("XDG_RUNTIME_DIR", runtime)]).dir, home.path().join("roomkey"));
        assert_eq!(found(&[("XDG_RUNTIME_DIR", "relative")]).dir, home.path().join("state/roomkey"));
    }
}
