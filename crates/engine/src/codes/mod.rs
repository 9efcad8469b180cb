//! Findings about technical profiles and steps: `JM1…`, a file each. Those about the language itself are in the policy crate.

mod author_placeholder;
mod authorization_not_run;
mod bad_enumeration;
mod bad_metadata;
mod bad_pattern;
mod bad_predicate;
mod changed_after_send;
mod code_ignored;
mod code_in_token;
mod code_not_checked;
mod control_word;
mod default_language;
mod directory_key;
mod extensions_app;
mod extensions_application;
mod hidden_language;
mod hint_needs;
mod idle_precondition;
mod impossible_group;
mod input_never_set;
mod input_type;
mod language_in_address;
mod language_without_texts;
mod message_elsewhere;
mod missing_claim;
mod missing_key;
mod missing_metadata;
mod missing_texts;
mod misused_method;
mod never_set;
mod no_contract;
mod no_data_uri;
mod no_page;
mod no_protocol;
mod not_run_yet;
mod open_call;
mod other_values;
mod page_does_not_fit;
mod page_too_old;
mod page_version;
mod page_without_browser;
mod place;
mod range_metadata;
mod required_paragraph;
mod resolver_claim;
mod resolver_not_asked;
mod resolver_place;
mod scripts_need_contract;
mod session_twice;
mod short_character_set;
mod step_not_run;
mod subject_partner;
mod template_address;
mod text_of_nothing;
mod token_never_has;
mod unknown_attribute;
mod unknown_handler;
mod unknown_metadata;
mod unknown_method;
mod unknown_name;
mod unknown_page;
mod unknown_parameter;
mod unknown_resolver;
mod unknown_string;
mod verified_not_kept;
mod weak_code;
mod wrong_place;

use journeyman_policy::diagnostic::Code;

pub use author_placeholder::AUTHOR_PLACEHOLDER;
pub use authorization_not_run::AUTHORIZATION_NOT_RUN;
pub use bad_enumeration::BAD_ENUMERATION;
pub use bad_metadata::BAD_METADATA;
pub use bad_pattern::BAD_PATTERN;
pub use bad_predicate::BAD_PREDICATE;
pub use changed_after_send::CHANGED_AFTER_SEND;
pub use code_ignored::CODE_IGNORED;
pub use code_in_token::CODE_IN_TOKEN;
pub use code_not_checked::CODE_NOT_CHECKED;
pub use control_word::CONTROL_WORD;
pub use default_language::DEFAULT_LANGUAGE;
pub use directory_key::DIRECTORY_KEY;
pub use extensions_app::EXTENSIONS_APP;
pub use extensions_application::EXTENSIONS_APPLICATION;
pub use hidden_language::HIDDEN_LANGUAGE;
pub use hint_needs::HINT_NEEDS;
pub use idle_precondition::IDLE_PRECONDITION;
pub use impossible_group::IMPOSSIBLE_GROUP;
pub use input_never_set::INPUT_NEVER_SET;
pub use input_type::INPUT_TYPE;
pub use language_in_address::LANGUAGE_IN_ADDRESS;
pub use language_without_texts::LANGUAGE_WITHOUT_TEXTS;
pub use message_elsewhere::MESSAGE_ELSEWHERE;
pub use missing_claim::MISSING_CLAIM;
pub use missing_key::MISSING_KEY;
pub use missing_metadata::MISSING_METADATA;
pub use missing_texts::MISSING_TEXTS;
pub use misused_method::MISUSED_METHOD;
pub use never_set::NEVER_SET;
pub use no_contract::NO_CONTRACT;
pub use no_data_uri::NO_DATA_URI;
pub use no_page::NO_PAGE;
pub use no_protocol::NO_PROTOCOL;
pub use not_run_yet::NOT_RUN_YET;
pub use open_call::OPEN_CALL;
pub use other_values::OTHER_VALUES;
pub use page_does_not_fit::PAGE_DOES_NOT_FIT;
pub use page_too_old::PAGE_TOO_OLD;
pub use page_version::PAGE_VERSION;
pub use page_without_browser::PAGE_WITHOUT_BROWSER;
pub use range_metadata::RANGE_METADATA;
pub use required_paragraph::REQUIRED_PARAGRAPH;
pub use resolver_claim::RESOLVER_CLAIM;
pub use resolver_not_asked::RESOLVER_NOT_ASKED;
pub use resolver_place::RESOLVER_PLACE;
pub use scripts_need_contract::SCRIPTS_NEED_CONTRACT;
pub use session_twice::SESSION_TWICE;
pub use short_character_set::SHORT_CHARACTER_SET;
pub use step_not_run::STEP_NOT_RUN;
pub use subject_partner::SUBJECT_PARTNER;
pub use template_address::TEMPLATE_ADDRESS;
pub use text_of_nothing::TEXT_OF_NOTHING;
pub use token_never_has::TOKEN_NEVER_HAS;
pub use unknown_attribute::UNKNOWN_ATTRIBUTE;
pub use unknown_handler::UNKNOWN_HANDLER;
pub use unknown_metadata::UNKNOWN_METADATA;
pub use unknown_method::UNKNOWN_METHOD;
pub use unknown_name::UNKNOWN_NAME;
pub use unknown_page::UNKNOWN_PAGE;
pub use unknown_parameter::UNKNOWN_PARAMETER;
pub use unknown_resolver::UNKNOWN_RESOLVER;
pub use unknown_string::UNKNOWN_STRING;
pub use verified_not_kept::VERIFIED_NOT_KEPT;
pub use weak_code::WEAK_CODE;
pub use wrong_place::WRONG_PLACE;

pub(crate) use author_placeholder::author_placeholder;
pub(crate) use authorization_not_run::authorization_not_run;
pub(crate) use bad_enumeration::bad_enumeration;
pub(crate) use bad_metadata::{bad_metadata, empty_metadata};
pub(crate) use bad_pattern::bad_pattern;
pub(crate) use bad_predicate::bad_predicate;
pub(crate) use changed_after_send::changed_after_send;
pub(crate) use code_ignored::code_ignored;
pub(crate) use code_in_token::code_in_token;
pub(crate) use code_not_checked::code_not_checked;
pub(crate) use control_word::{misspelt_action, unknown_claim_type};
pub(crate) use default_language::default_language;
pub(crate) use directory_key::directory_key_count;
pub(crate) use extensions_app::{not_an_id, same_id};
pub(crate) use extensions_application::extensions_application;
pub(crate) use hidden_language::hidden_language;
pub(crate) use hint_needs::{hint_for_anyone, hint_needs};
pub(crate) use idle_precondition::idle_precondition;
pub(crate) use impossible_group::impossible_group;
pub(crate) use input_never_set::input_never_set;
pub(crate) use input_type::input_type;
pub(crate) use language_in_address::language_in_address;
pub(crate) use language_without_texts::language_without_texts;
pub(crate) use message_elsewhere::message_elsewhere;
pub(crate) use missing_claim::missing_claim;
pub(crate) use missing_key::missing_key;
pub(crate) use missing_metadata::missing_metadata;
pub(crate) use missing_texts::missing_texts;
pub(crate) use misused_method::misused_method;
pub(crate) use never_set::never_set;
pub(crate) use no_contract::no_contract;
pub(crate) use no_data_uri::no_data_uri;
pub(crate) use no_page::no_page;
pub(crate) use no_protocol::no_protocol;
pub(crate) use not_run_yet::{control_not_run, not_run_yet};
pub(crate) use open_call::open_call;
pub(crate) use other_values::other_values;
pub(crate) use page_does_not_fit::page_does_not_fit;
pub(crate) use page_too_old::page_too_old;
pub(crate) use page_version::{page_version, page_version_newer};
pub(crate) use page_without_browser::page_without_browser;
pub(crate) use place::Where;
pub(crate) use required_paragraph::required_paragraph;
pub(crate) use resolver_claim::resolver_claim;
pub(crate) use resolver_not_asked::resolver_not_asked;
pub(crate) use resolver_place::resolver_place;
pub(crate) use scripts_need_contract::scripts_need_contract;
pub(crate) use session_twice::session_twice;
pub(crate) use short_character_set::short_character_set;
pub(crate) use step_not_run::step_not_run;
pub(crate) use subject_partner::subject_partner;
pub(crate) use template_address::template_address;
pub(crate) use text_of_nothing::text_of_nothing;
pub(crate) use token_never_has::token_never_has;
pub(crate) use unknown_attribute::unknown_attribute;
pub(crate) use unknown_handler::unknown_handler;
pub(crate) use unknown_metadata::unknown_metadata;
pub(crate) use unknown_method::unknown_method;
pub(crate) use unknown_name::unknown_name;
pub(crate) use unknown_page::unknown_page;
pub(crate) use unknown_parameter::{unknown_parameter, unread_parameter};
pub(crate) use unknown_resolver::unknown_resolver;
pub(crate) use unknown_string::{unknown_element_type, unknown_string};
pub(crate) use verified_not_kept::verified_not_kept;
pub(crate) use weak_code::weak_code;
pub(crate) use wrong_place::wrong_place;

/// Every code of this crate, by id.
pub const ALL: &[&Code] = &[
    &UNKNOWN_HANDLER,
    &NO_PROTOCOL,
    &NOT_RUN_YET,
    &MISSING_METADATA,
    &BAD_METADATA,
    &RANGE_METADATA,
    &UNKNOWN_METADATA,
    &MISSING_CLAIM,
    &MISSING_KEY,
    &SHORT_CHARACTER_SET,
    &DIRECTORY_KEY,
    &HINT_NEEDS,
    &UNKNOWN_METHOD,
    &STEP_NOT_RUN,
    &WRONG_PLACE,
    &BAD_PATTERN,
    &BAD_PREDICATE,
    &MISUSED_METHOD,
    &AUTHORIZATION_NOT_RUN,
    &UNKNOWN_PARAMETER,
    &RESOLVER_NOT_ASKED,
    &UNKNOWN_RESOLVER,
    &RESOLVER_CLAIM,
    &RESOLVER_PLACE,
    &AUTHOR_PLACEHOLDER,
    &INPUT_TYPE,
    &BAD_ENUMERATION,
    &REQUIRED_PARAGRAPH,
    &IMPOSSIBLE_GROUP,
    &TEXT_OF_NOTHING,
    &LANGUAGE_WITHOUT_TEXTS,
    &MISSING_TEXTS,
    &DEFAULT_LANGUAGE,
    &UNKNOWN_STRING,
    &NO_DATA_URI,
    &HIDDEN_LANGUAGE,
    &LANGUAGE_IN_ADDRESS,
    &UNKNOWN_ATTRIBUTE,
    &MESSAGE_ELSEWHERE,
    &SESSION_TWICE,
    &SUBJECT_PARTNER,
    &WEAK_CODE,
    &UNKNOWN_NAME,
    &NO_PAGE,
    &OPEN_CALL,
    &EXTENSIONS_APPLICATION,
    &INPUT_NEVER_SET,
    &TOKEN_NEVER_HAS,
    &NEVER_SET,
    &IDLE_PRECONDITION,
    &OTHER_VALUES,
    &PAGE_WITHOUT_BROWSER,
    &CODE_NOT_CHECKED,
    &CODE_IGNORED,
    &VERIFIED_NOT_KEPT,
    &CODE_IN_TOKEN,
    &CHANGED_AFTER_SEND,
    &CONTROL_WORD,
    &PAGE_VERSION,
    &NO_CONTRACT,
    &SCRIPTS_NEED_CONTRACT,
    &UNKNOWN_PAGE,
    &PAGE_DOES_NOT_FIT,
    &PAGE_TOO_OLD,
    &TEMPLATE_ADDRESS,
    &EXTENSIONS_APP,
];
