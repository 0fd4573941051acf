//! `roomkey config edit`: the configuration in the user's editor, as a draft beside it. What the editor leaves is
//! checked before it becomes the configuration; what does not check out is the user's to mend, to keep all the same or
//! to throw away. The file is replaced whole or not at all, and never over what somebody else has written meanwhile.

use std::path::Path;

use crate::config::{Config, Included};
use crate::error::{Error, Kind, Result};
use crate::ports::editor::{Draft, Editor};
use crate::ports::files::{self, Written};
use crate::ports::paths::{self, MOST};
use crate::provider::fits;
use crate::worker::setup::Setup;

use super::super::World;
use super::super::ask::{Asking, Stop};

/// What a new configuration begins with.
const EXAMPLE: &str = include_str!("../../../config.example.toml");

/// One sitting with the editor.
struct Sitting<'w> {
    setup: Setup,
    /// The text as we know it to be on the disk; nothing where there is no file.
    before: Option<String>,
    editor: Editor,
    asking: Asking,
    draft: Draft,
    world: &'w mut World,
}

/// How a sitting ends.
enum End {
    Code(u8),
    Stop(Stop),
}

impl From<Stop> for End {
    fn from(stop: Stop) -> End {
        End::Stop(stop)
    }
}

pub(super) fn run(world: &mut World) -> u8 {
    let mut sitting = match begin(world) {
        Ok(sitting) => sitting,
        Err(error) => return world.io.fail(&error),
    };
    match sitting.edit() {
        Ok(text) => sitting.keep(&text),
        Err(End::Code(code)) => code,
        Err(End::Stop(stop)) => {
            sitting.world.io.say("nothing was changed");
            stop.exit_code()
        }
    }
}

fn begin(world: &mut World) -> Result<Sitting<'_>> {
    let places = paths::places(world.config.as_deref(), &*world.env)?;
    let asking = Asking::begin(&format!(
        "edit {} yourself, then run `roomkey config check`",
        places.config.display()
    ))?;
    let setup = Setup::load(world.config.as_deref(), &*world.env)?;
    let before = paths::read_config(&setup.places)?.map(|file| file.text);
    let editor = Editor::find(&*world.env)?;
    let dir = Some(setup.places.config_dir.as_path()).filter(|dir| !dir.as_os_str().is_empty());
    let draft = Draft::write(dir.unwrap_or(Path::new(".")), before.as_deref().unwrap_or(EXAMPLE), "toml")?;
    Ok(Sitting { setup, before, editor, asking, draft, world })
}

impl Sitting<'_> {
    /// Has the user edit until the text is to be kept.
    fn edit(&mut self) -> Result<String, End> {
        loop {
            let left =
                self.asking.lend(|| self.editor.open(&self.draft).and_then(|()| self.draft.read(MOST)))?;
            let (text, code) = match left {
                Ok(text) if text == self.before.as_deref().unwrap_or(EXAMPLE) => return Err(self.nothing(0)),
                Ok(text) if self.is_sound(&text) => return Ok(text),
                Ok(text) => (Some(text), 0),
                Err(error) => (None, self.world.io.fail(&error)),
            };
            let choices = [('e', "edit again"), ('t', "throw it away"), ('k', "keep it anyway")];
            let open = if text.is_some() { &choices[..] } else { &choices[..2] };
            match (self.asking.letter("What now?", open, &mut self.world.io)?, text) {
                ('e', _) => {}
                ('k', Some(text)) => return Ok(text),
                _ => return Err(self.nothing(code)),
            }
        }
    }

    fn nothing(&mut self, code: u8) -> End {
        self.world.io.say("nothing was changed");
        End::Code(code)
    }

    /// Says what is wrong with a text in the words of `config check`, by the name the file has.
    fn is_sound(&mut self, text: &str) -> bool {
        let Setup { places, catalog, .. } = &self.setup;
        let env = self.world.env.clone();
        let config = Config::assemble(text, &places.config.display().to_string(), &mut |written| {
            let file = paths::read_text(&paths::beside(&places.config, written, &*env))?;
            Ok(Included { name: file.name, text: file.text })
        });
        super::is_sound(&config.judged_by(fits::fault), catalog, self.world)
    }

    /// Makes the text the configuration. Where it cannot be, the draft stays, so that nothing typed is lost.
    fn keep(mut self, text: &str) -> u8 {
        loop {
            let code = match self.write(text) {
                Ok(true) => return self.written(),
                Ok(false) => match self.meanwhile() {
                    Ok('o') => match paths::read_config(&self.setup.places) {
                        Ok(file) => {
                            self.before = file.map(|file| file.text);
                            continue;
                        }
                        Err(error) => self.world.io.fail(&error),
                    },
                    Ok('t') => {
                        self.world.io.say("nothing was changed");
                        return 0;
                    }
                    Ok(_) => 1,
                    Err(stop) => stop.exit_code(),
                },
                Err(error) => self.world.io.fail(&error),
            };
            let path = self.draft.keep();
            self.world.io.say(&format!("what you wrote is in {}", path.display()));
            return code;
        }
    }

    fn meanwhile(&mut self) -> Result<char, Stop> {
        let question = format!("{} was changed by somebody else meanwhile.", self.setup.config.file());
        let choices =
            [('o', "write yours over it"), ('b', "leave yours beside it"), ('t', "throw yours away")];
        self.asking.letter(&question, &choices, &mut self.world.io)
    }

    fn written(self) -> u8 {
        let code = self.world.io.show(&format!("written: {}", self.setup.config.file()));
        if let Ok(setup) = Setup::load(self.world.config.as_deref(), &*self.world.env) {
            super::warn_of_modes(&setup, self.world);
        }
        code
    }

    /// False where the file is no longer what it was when it was read.
    fn write(&self, text: &str) -> Result<bool> {
        let path = &self.setup.places.config;
        let Some(before) = &self.before else {
            return Ok(files::write(path, text.as_bytes(), false)? == Written::Done);
        };
        let mut same = true;
        let changed = files::rewrite(path, &mut |there| {
            same = there == before;
            if same { Ok(text.to_owned()) } else { Err(Error::new(Kind::Storage, "changed meanwhile")) }
        });
        if same { changed.map(|()| true) } else { Ok(false) }
    }
}
