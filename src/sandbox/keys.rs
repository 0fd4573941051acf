//! The credentials of one sandbox, made from its seed. They look like the vendors' own in length and alphabet, so
//! that masking, wrapping and quoting meet the real thing.

use super::dice::Dice;
use super::jwt;

pub(super) struct Keys {
    pub bunch: String,
    /// The whole pair `name=value` of the session's cookie.
    pub bunch_cookie: String,
    pub bunch_signer: String,
    pub joinme: String,
    pub metered: String,
    pub metered_app: String,
    pub metered_signer: String,
    pub bbb: String,
    pub whereby: String,
}

impl Keys {
    pub(super) fn new(seed: u64) -> Keys {
        // its own sequence: a key must not depend on what was created before it was asked for
        let mut dice = Dice::new(seed ^ 0x6b65_7973);
        Keys {
            bunch: format!("bunch_{}", dice.mixed(32)),
            bunch_cookie: format!("bunch_session={}", dice.mixed(40)),
            bunch_signer: dice.mixed(32),
            joinme: dice.lower(24),
            metered: dice.mixed(24),
            metered_app: "sandbox".to_owned(),
            metered_signer: dice.mixed(32),
            bbb: dice.mixed(40),
            whereby: jwt::sign(&serde_json::json!({"iss": "sandbox", "jti": dice.uuid()}), &dice.mixed(32)),
        }
    }
}
