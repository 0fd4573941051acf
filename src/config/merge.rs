//! Several files as one configuration: the main file and those it includes, a team's profiles for instance. What the
//! main file says holds; a name that two files use is a problem, for one of the two would be lost in silence.

use crate::error::Result;

use super::problem::{Pen, Place, Problem, What};
use super::{Config, preset, profile, template};

/// A file that another includes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Included {
    /// Its path, for messages.
    pub name: String,
    pub text: String,
}

impl Config {
    /// Reads a file and those it includes. `read` gets each path as it is written; what it cannot read is a problem
    /// of the including line.
    pub fn assemble(text: &str, file: &str, read: &mut dyn FnMut(&str) -> Result<Included>) -> Config {
        let mut config = Config::parse(text, file);
        let Some(place) = config.basics.place("include").cloned() else { return config };
        for path in config.include().to_vec() {
            match read(&path) {
                Ok(included) => config.merge(Config::parse(&included.text, &included.name)),
                Err(error) => config.top().slip(&place, "include", error.to_string()),
            }
        }
        config
    }

    /// Takes over what an included file has and this one has not.
    pub fn merge(&mut self, other: Config) {
        let Config { basics, history, keys, profiles, presets, templates, mut problems, .. } = other;
        if let Some(place) = basics.place("include") {
            let mut pen = Pen { problems: &mut problems, about: None, path: String::new() };
            pen.slip(place, "include", "only the main file may include others");
        }
        self.basics.fill_from(basics);
        self.history.fill_from(history);
        for choice in keys {
            if !self.keys.iter().any(|known| known.action == choice.action) {
                self.keys.push(choice);
            }
        }
        add(&mut self.profiles, profiles, &mut problems);
        add(&mut self.presets, presets, &mut problems);
        add(&mut self.templates, templates, &mut problems);
        self.problems.append(&mut problems);
    }
}

/// Something with a name of its own.
trait Named {
    fn what(&self) -> What;
    fn place(&self) -> &Place;
}

impl Named for profile::Notes {
    fn what(&self) -> What {
        What::Profile(self.name.clone())
    }

    fn place(&self) -> &Place {
        &self.place
    }
}

impl Named for preset::Notes {
    fn what(&self) -> What {
        What::Preset(self.name.clone())
    }

    fn place(&self) -> &Place {
        &self.place
    }
}

impl Named for template::Notes {
    fn what(&self) -> What {
        What::Template(self.name.clone())
    }

    fn place(&self) -> &Place {
        &self.place
    }
}

fn add<N: Named>(ours: &mut Vec<N>, theirs: Vec<N>, problems: &mut Vec<Problem>) {
    for one in theirs {
        match ours.iter().find(|known| known.what() == one.what()) {
            Some(known) => twice(problems, &one.what(), one.place(), known.place()),
            None => ours.push(one),
        }
    }
}

/// Reports a name two files use, and takes the losing one's problems off the winner.
fn twice(problems: &mut Vec<Problem>, what: &What, place: &Place, known: &Place) {
    for problem in problems.iter_mut().filter(|problem| problem.about.as_ref() == Some(what)) {
        problem.about = None;
        problem.spoils = false;
    }
    let (table, name) = match what {
        What::Profile(name) => ("profiles", name),
        What::Preset(name) => ("presets", name),
        What::Template(name) => ("templates", name),
    };
    let mut pen = Pen { problems, about: None, path: table.into() };
    pen.slip(place, name, format!("stands already in {known}, which holds"));
}
