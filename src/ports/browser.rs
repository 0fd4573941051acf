//! The user's browser: what `$BROWSER` names, else what opens addresses on this system. It is started detached, with
//! nothing to read and nowhere to write, and without the variables that hold keys. No shell reads the address.

use std::ffi::OsString;
use std::process::Child;
use std::time::{Duration, Instant};

use super::{children, programs};

/// Programs that open an address, each with the words before it; the first that can is taken.
#[cfg(target_os = "macos")]
const OPENERS: &[&[&str]] = &[&["open"]];
#[cfg(windows)]
const OPENERS: &[&[&str]] = &[&["explorer"]];
#[cfg(not(any(target_os = "macos", windows)))]
const OPENERS: &[&[&str]] = &[&["xdg-open"], &["wslview"], &["gio", "open"], &["x-www-browser"]];

/// One that has not failed by then has opened it.
const SOON: Duration = Duration::from_secs(1);

/// Opens an address and tells the program's name, or why there is none; then waits for the program, so that nothing of
/// it stays behind. Not for the drawing thread.
pub fn open(
    address: &str,
    environment: &dyn Fn(&str) -> Option<OsString>,
    tell: impl FnOnce(Result<String, String>),
) {
    if !is_plain(address) {
        return tell(Err("this is no address for a browser".to_owned()));
    }
    for argv in candidates(address, environment) {
        let Some(mut child) = start(&argv) else { continue };
        if failed_soon(&mut child) {
            continue;
        }
        tell(Ok(argv.first().cloned().unwrap_or_default()));
        let _ = child.wait();
        return;
    }
    tell(Err("no browser was found: set BROWSER to the name of yours".to_owned()));
}

/// Nothing a program could take for one of its own words.
fn is_plain(address: &str) -> bool {
    let web = address.starts_with("https://") || address.starts_with("http://");
    web && !address.contains(|c: char| c.is_control() || c.is_whitespace())
}

/// The program that would be tried first of those that are there; nothing is started.
pub fn find(environment: &dyn Fn(&str) -> Option<OsString>) -> Option<String> {
    let mut names = candidates("", environment).into_iter().filter_map(|argv| argv.into_iter().next());
    names.find(|name| programs::find(name, environment).is_some())
}

/// `$BROWSER` may name several, with colons between, and say with `%s` where the address goes.
fn candidates(address: &str, environment: &dyn Fn(&str) -> Option<OsString>) -> Vec<Vec<String>> {
    let chosen = environment("BROWSER").and_then(|value| value.into_string().ok()).unwrap_or_default();
    let own = chosen.split(':').filter(|browser| !browser.trim().is_empty()).map(|browser| {
        let words = browser.split_whitespace();
        let filled: Vec<String> = words.map(|word| word.replace("%s", address)).collect();
        let has_place = browser.contains("%s");
        filled.into_iter().chain((!has_place).then(|| address.to_owned())).collect()
    });
    let usual = OPENERS.iter().map(|words| {
        words.iter().map(|word| (*word).to_owned()).chain([address.to_owned()]).collect::<Vec<_>>()
    });
    own.chain(usual).collect()
}

fn start(argv: &[String]) -> Option<Child> {
    let (program, words) = argv.split_first()?;
    let mut command = children::command(program);
    command.args(words);
    // A group of its own: the keys that end the console are not for it.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    command.spawn().ok()
}

fn failed_soon(child: &mut Child) -> bool {
    let end = Instant::now() + SOON;
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return !status.success(),
            Ok(None) if Instant::now() < end => std::thread::sleep(Duration::from_millis(10)),
            Ok(None) => return false,
            Err(_) => return true,
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn told(browser: &str, address: &str) -> Result<String, String> {
        let mut said = None;
        let browser = OsString::from(browser);
        open(address, &|name| (name == "BROWSER").then(|| browser.clone()), |result| said = Some(result));
        said.unwrap()
    }

    #[test]
    fn the_address_is_one_word_and_no_shell_reads_it() {
        let folder = tempfile::tempdir().unwrap();
        let (script, log) = (folder.path().join("browser"), folder.path().join("log"));
        // Read by a shell: a file just written is not one to run, while a child of another thread may have it open.
        std::fs::write(&script, format!("printf '%s\\n' \"$@\" > {}\n", log.display())).unwrap();
        let name = format!("sh {}", script.display());
        let address = "https://x.example/?a=$(id)&b='c;d'";
        assert_eq!(told(&name, address), Ok("sh".to_owned()));
        assert_eq!(std::fs::read_to_string(&log).unwrap(), format!("{address}\n"));
        assert_eq!(told(&format!("/no/such:false:{name} --new %s last"), address), Ok("sh".to_owned()));
        assert_eq!(std::fs::read_to_string(&log).unwrap(), format!("--new\n{address}\nlast\n"));
    }

    #[test]
    fn only_addresses_of_the_web_are_handed_over() {
        for address in
            ["file:///etc/passwd", "--help", "javascript:alert(1)", "https://a b", "https://a\nb", ""]
        {
            assert!(told("true", address).is_err(), "{address}");
        }
    }
}
