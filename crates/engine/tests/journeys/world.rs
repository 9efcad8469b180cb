//! A small world for journeys: it answers effects from memory and notes each in a line.

use std::collections::{HashMap, VecDeque};

use indexmap::IndexMap;
use journeyman_claims::transformations::keyed_digest;
use journeyman_claims::{ClaimValue, Name};
use journeyman_engine::effect::{
    CodeCall, CodeRefusal, CodeReply, DirectoryCall, DirectoryKey, DirectoryReply, Effect, HintReply, HttpReply,
    LimitCall, LimitReply, PasswordReply, Reply, Request, Secret, SecretFault,
};

#[derive(Default)]
pub struct World {
    users: Vec<IndexMap<String, ClaimValue>>,
    passwords: HashMap<String, String>,
    codes: HashMap<String, Code>,
    attempts: u32,
    /// Attempts until the limit blocks.
    pub allowed: u32,
    /// Answers to calls, first one first; then 200 and an empty object.
    pub answers: VecDeque<HttpReply>,
    /// What the hint holds, or why it is refused.
    pub hint: Option<HintReply>,
    /// The message of the code mail, for the script to read.
    pub mailed: Vec<String>,
    /// What happened, a line each.
    pub log: Vec<String>,
    made: u32,
}

struct Code {
    text: String,
    left: u32,
}

impl World {
    /// A world where a limit allows so many attempts.
    pub fn allowing(attempts: u32) -> Self {
        Self { allowed: attempts, ..Self::default() }
    }

    /// An account that is there from the start.
    pub fn add_user(&mut self, object_id: &str, attributes: impl IntoIterator<Item = (String, ClaimValue)>) {
        let object_id = ("objectId".to_owned(), ClaimValue::String(object_id.to_owned()));
        self.users.push([object_id].into_iter().chain(attributes).collect());
    }

    pub fn perform(&mut self, request: &Request) -> Reply {
        let (line, reply) = match &request.effect {
            Effect::InspectSecrets(fields) => {
                let wrong = fields.iter().filter(|f| {
                    f.same_as
                        .as_ref()
                        .is_some_and(|other| fields.iter().any(|o| o.claim == *other && o.value != f.value))
                });
                let faults: Vec<_> = wrong.map(|f| SecretFault { claim: f.claim.clone(), message: None }).collect();
                let shown: Vec<_> = fields
                    .iter()
                    .map(|f| f.same_as.as_ref().map_or(f.claim.to_string(), |o| format!("{} = {o}", f.claim)))
                    .collect();
                (format!("inspect {}", shown.join(", ")), Reply::Inspected(faults))
            }
            Effect::Directory(call) => self.directory(call),
            Effect::CheckPassword { username, password } => {
                let found = self.users.iter().find(|u| {
                    u.iter().any(|(name, value)| name.starts_with("signInNames") && value.to_text() == *username)
                });
                let reply = match found {
                    None => PasswordReply::Wrong { known: false },
                    Some(user)
                        if self.passwords.get(&user["objectId"].to_text()).map(String::as_str)
                            == Some(password.expose()) =>
                    {
                        PasswordReply::Correct { attributes: user.clone() }
                    }
                    Some(_) => PasswordReply::Wrong { known: true },
                };
                (format!("check password of {username}"), Reply::Password(reply))
            }
            Effect::Code(call) => self.code(call),
            Effect::Limit(LimitCall::Attempt { subject, purpose }) => {
                self.attempts += 1;
                let reply = match self.allowed.checked_sub(self.attempts) {
                    Some(remaining) => LimitReply::Allowed { remaining },
                    None => LimitReply::Blocked { seconds: 900 },
                };
                (format!("count an attempt of {subject}: {purpose:?}"), Reply::Limit(reply))
            }
            Effect::Limit(LimitCall::Succeeded { subject, purpose }) => {
                self.attempts = 0;
                let reply = LimitReply::Allowed { remaining: self.allowed };
                (format!("forget attempts of {subject}: {purpose:?}"), Reply::Limit(reply))
            }
            Effect::Http(call) => {
                let body = call.body.as_ref().map(|(kind, text)| format!(" {kind} {}", text.expose()));
                let authentication = format!("{:?}", call.authentication);
                let line = format!(
                    "{:?} {}{} [{authentication}] {:?}",
                    call.method,
                    call.url,
                    body.unwrap_or_default(),
                    request.repeat
                );
                let answer = HttpReply::Answered { status: 200, body: "{}".to_owned() };
                (line, Reply::Http(self.answers.pop_front().unwrap_or(answer)))
            }
            Effect::VerifyHint(check) => {
                let reply = self.hint.clone().unwrap_or(HintReply::Refused(90_233));
                let place = check.metadata.clone().unwrap_or_else(|| "a shared secret".to_owned());
                (format!("verify the hint against {place}"), Reply::Hint(reply))
            }
            Effect::Digest(call) => {
                let secret = (call.key == "B2C_1A_Pepper").then_some("s3cret");
                let digest = |secret| keyed_digest(secret, call.salt.expose(), call.plaintext.expose());
                (format!("make a digest with {}", call.key), Reply::Digest(secret.map(digest)))
            }
            Effect::SendCodeMail { to, code, .. } => {
                self.mailed.push(code.expose().to_owned());
                (format!("mail a code to {to}"), Reply::Mail(true))
            }
        };
        self.log.push(line);
        reply
    }

    fn directory(&mut self, call: &DirectoryCall) -> (String, Reply) {
        match call {
            DirectoryCall::Read { key } => {
                let found = self.find(key).map(|at| self.users[at].clone());
                let reply = match found {
                    Some(attributes) => DirectoryReply::User { attributes, created: false },
                    None => DirectoryReply::NotFound,
                };
                (format!("read {} = {}", key.attribute, key.value), Reply::Directory(reply))
            }
            DirectoryCall::Write { key, attributes, password, must_exist, must_not_exist, .. } => {
                let names: Vec<_> = attributes.iter().map(|(n, v)| format!("{n}={}", v.to_text())).collect();
                let secret = if password.is_some() { " and a password" } else { "" };
                let line = format!("write {} = {}: {}{secret}", key.attribute, key.value, names.join(", "));
                let reply = match self.find(key) {
                    Some(_) if *must_not_exist => DirectoryReply::AlreadyExists,
                    None if *must_exist => DirectoryReply::NotFound,
                    found => self.write(found, key, attributes, password.as_ref()),
                };
                (line, Reply::Directory(reply))
            }
            DirectoryCall::DeleteAttributes { key, .. } => (format!("clear {}", key.value), Reply::Failed),
            DirectoryCall::DeleteUser { key } => {
                let found = self.find(key);
                let reply = found.map_or(DirectoryReply::NotFound, |at| {
                    self.users.remove(at);
                    DirectoryReply::Deleted
                });
                (format!("delete {} = {}", key.attribute, key.value), Reply::Directory(reply))
            }
        }
    }

    fn write(
        &mut self,
        found: Option<usize>,
        key: &DirectoryKey,
        attributes: &IndexMap<String, ClaimValue>,
        password: Option<&Secret>,
    ) -> DirectoryReply {
        let created = found.is_none();
        let at = found.unwrap_or_else(|| {
            let id = format!("user-{}", self.users.len() + 1);
            let object_id = ("objectId".to_owned(), ClaimValue::String(id));
            let named = (key.attribute.clone(), ClaimValue::String(key.value.clone()));
            let enabled = ("accountEnabled".to_owned(), ClaimValue::Boolean(true));
            self.users.push([object_id, named, enabled].into_iter().collect());
            self.users.len() - 1
        });
        let user = &mut self.users[at];
        user.extend(attributes.iter().map(|(n, v)| (n.clone(), v.clone())));
        if let Some(password) = password {
            self.passwords.insert(user["objectId"].to_text(), password.expose().to_owned());
        }
        DirectoryReply::User { attributes: user.clone(), created }
    }

    fn find(&self, key: &DirectoryKey) -> Option<usize> {
        let wanted = Name::new(&key.attribute);
        self.users.iter().position(|user| {
            user.iter()
                .any(|(name, value)| Name::new(name) == wanted && value.to_text().eq_ignore_ascii_case(&key.value))
        })
    }

    fn code(&mut self, call: &CodeCall) -> (String, Reply) {
        match call {
            CodeCall::Generate { identifier, settings, .. } => {
                self.made += 1;
                let text = format!("{:06}", 100_000 + self.made);
                self.codes.insert(identifier.clone(), Code { text: text.clone(), left: settings.retry_attempts });
                let line = format!("make a code for {identifier}, {} tries", settings.retry_attempts);
                (line, Reply::Code(CodeReply::Generated(Secret::new(text))))
            }
            CodeCall::Verify { identifier, code, .. } => {
                let reply = match self.codes.get_mut(identifier) {
                    None => CodeReply::Refused(CodeRefusal::SessionDoesNotExist),
                    Some(made) if made.left == 0 => CodeReply::Refused(CodeRefusal::MaxRetryAttempted),
                    Some(made) if made.text == code.expose() => {
                        self.codes.remove(identifier);
                        CodeReply::Verified
                    }
                    Some(made) => {
                        made.left -= 1;
                        let last = made.left == 0;
                        CodeReply::Refused(if last {
                            CodeRefusal::InvalidCode
                        } else {
                            CodeRefusal::VerificationFailedRetryAllowed
                        })
                    }
                };
                (format!("check a code for {identifier}"), Reply::Code(reply))
            }
        }
    }
}
