//! Who is logged in, as the environment says.

use super::paths::Lookup;

/// The login name, to sign with where the configuration does not say who signs; `Host` where nobody knows.
pub fn name(env: Lookup<'_>) -> String {
    let known = |name: &&str| env(name)?.into_string().ok().filter(|name| !name.is_empty());
    ["USER", "LOGNAME", "USERNAME"].iter().find_map(known).unwrap_or_else(|| "Host".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_variable_that_says_a_name_is_believed() {
        let named = |given: &'static [(&str, &str)]| {
            name(&|asked| given.iter().find(|(name, _)| *name == asked).map(|(_, value)| value.into()))
        };
        assert_eq!(named(&[("LOGNAME", "bob"), ("USER", "ada")]), "ada");
        assert_eq!(named(&[("USER", ""), ("USERNAME", "eve")]), "eve");
        assert_eq!(named(&[]), "Host");
    }
}
