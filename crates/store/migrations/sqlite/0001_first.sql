-- Everything that outlives a request. Times are milliseconds since 1970 (UTC). `digest` columns hold SHA-256 digests of
-- random handles, or HMACs of what people typed; `sealed` columns hold AES-256-GCM values bound to table and row.

CREATE TABLE journeys (
    digest         BLOB    NOT NULL PRIMARY KEY,
    browser        BLOB    NOT NULL,
    program        TEXT    NOT NULL,
    version        INTEGER NOT NULL,
    snapshot       BLOB    NOT NULL, -- sealed
    pending_intent TEXT,
    lease_holder   BLOB,
    lease_until    INTEGER,
    expires_at     INTEGER NOT NULL
) STRICT;
CREATE INDEX journeys_expires_at ON journeys (expires_at);
CREATE INDEX journeys_program ON journeys (program);

CREATE TABLE codes (
    digest         BLOB    NOT NULL PRIMARY KEY, -- scope and identifier
    code           BLOB,                         -- sealed; absent once it was entered rightly
    expires_at     INTEGER NOT NULL,
    max_attempts   INTEGER NOT NULL,
    window_seconds INTEGER NOT NULL,
    attempts       INTEGER NOT NULL,
    generated      INTEGER NOT NULL,
    locked_until   INTEGER,
    kept_until     INTEGER NOT NULL
) STRICT;
CREATE INDEX codes_kept_until ON codes (kept_until);

CREATE TABLE limits (
    digest       BLOB    NOT NULL PRIMARY KEY, -- subject and purpose
    purpose      TEXT    NOT NULL,
    failures     INTEGER NOT NULL,
    window_ends  INTEGER NOT NULL,
    locks        INTEGER NOT NULL,
    locked_until INTEGER,
    total        INTEGER NOT NULL,
    quiet_at     INTEGER NOT NULL
) STRICT;
CREATE INDEX limits_quiet_at ON limits (quiet_at);

CREATE TABLE intents (
    digest     BLOB    NOT NULL PRIMARY KEY,
    outcome    BLOB    NOT NULL, -- sealed
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX intents_expires_at ON intents (expires_at);

CREATE TABLE users (
    tenant            TEXT    NOT NULL,
    object_id         TEXT    NOT NULL,
    attributes        BLOB    NOT NULL, -- sealed
    password_hash     TEXT,
    password_set_at   INTEGER,
    created_at        INTEGER NOT NULL,
    tokens_valid_from INTEGER NOT NULL,
    PRIMARY KEY (tenant, object_id)
) STRICT;

CREATE TABLE user_keys (
    tenant    TEXT NOT NULL,
    space     TEXT NOT NULL,
    digest    BLOB NOT NULL,
    object_id TEXT NOT NULL,
    PRIMARY KEY (tenant, space, digest),
    FOREIGN KEY (tenant, object_id) REFERENCES users (tenant, object_id) ON DELETE CASCADE
) STRICT;
CREATE INDEX user_keys_user ON user_keys (tenant, object_id);

CREATE TABLE sessions (
    digest              BLOB    NOT NULL,
    tenant              TEXT    NOT NULL,
    scope               TEXT    NOT NULL,
    version             INTEGER NOT NULL,
    idle_expires_at     INTEGER NOT NULL,
    absolute_expires_at INTEGER NOT NULL,
    payload             BLOB    NOT NULL, -- sealed
    PRIMARY KEY (digest, tenant, scope)
) STRICT;
CREATE INDEX sessions_idle_expires_at ON sessions (idle_expires_at);
CREATE INDEX sessions_absolute_expires_at ON sessions (absolute_expires_at);

CREATE TABLE grant_families (
    family     TEXT    NOT NULL PRIMARY KEY,
    revoked_at INTEGER,
    expires_at INTEGER NOT NULL -- not before any of its grants
) STRICT;
CREATE INDEX grant_families_expires_at ON grant_families (expires_at);

CREATE TABLE grants (
    digest     BLOB    NOT NULL,
    kind       TEXT    NOT NULL CHECK (kind IN ('code', 'refresh')),
    family     TEXT    NOT NULL REFERENCES grant_families (family),
    tenant     TEXT    NOT NULL,
    policy     TEXT    NOT NULL,
    client     TEXT    NOT NULL,
    program    TEXT    NOT NULL,
    issued_at  INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at    INTEGER,
    payload    BLOB    NOT NULL, -- sealed
    PRIMARY KEY (kind, digest)
) STRICT;
CREATE INDEX grants_expires_at ON grants (expires_at);
CREATE INDEX grants_family ON grants (family);
CREATE INDEX grants_program ON grants (program);

CREATE TABLE hints (
    digest      BLOB    NOT NULL PRIMARY KEY,
    browser     BLOB    NOT NULL,
    consumed_by TEXT,
    expires_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX hints_expires_at ON hints (expires_at);

CREATE TABLE authorization_requests (
    digest     BLOB    NOT NULL PRIMARY KEY,
    payload    BLOB    NOT NULL, -- sealed
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX authorization_requests_expires_at ON authorization_requests (expires_at);

CREATE TABLE key_sets (
    name       TEXT    NOT NULL PRIMARY KEY,
    generation INTEGER NOT NULL
) STRICT;

CREATE TABLE keys (
    set_name    TEXT    NOT NULL REFERENCES key_sets (name),
    id          TEXT    NOT NULL,
    position    INTEGER NOT NULL,
    created_at  INTEGER NOT NULL,
    not_before  INTEGER,
    expires_at  INTEGER,
    secret      BLOB    NOT NULL, -- sealed
    certificate BLOB,
    PRIMARY KEY (set_name, id)
) STRICT;

CREATE TABLE programs (
    digest  TEXT    NOT NULL PRIMARY KEY,
    sources BLOB    NOT NULL, -- sealed
    used_at INTEGER NOT NULL
) STRICT;

CREATE TABLE recordings (
    journey  TEXT    NOT NULL,
    position INTEGER NOT NULL,
    event    BLOB    NOT NULL, -- sealed
    at       INTEGER NOT NULL,
    PRIMARY KEY (journey, position)
) STRICT;
CREATE INDEX recordings_at ON recordings (at);

CREATE TABLE audit (
    id          INTEGER NOT NULL PRIMARY KEY,
    at          INTEGER NOT NULL,
    kind        TEXT    NOT NULL,
    tenant      TEXT    NOT NULL,
    correlation TEXT    NOT NULL,
    detail      TEXT    NOT NULL
) STRICT;
CREATE INDEX audit_correlation ON audit (correlation);
