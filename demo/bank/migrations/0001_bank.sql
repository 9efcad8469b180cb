-- Times are milliseconds since 1970; tokens and cookies are kept as fingerprints only.

CREATE TABLE sessions (
    key         TEXT PRIMARY KEY,
    csrf        TEXT NOT NULL,
    created_at  INTEGER NOT NULL,
    last_seen   INTEGER NOT NULL,
    subject     TEXT,
    claims      TEXT,
    id_token    TEXT,
    notice      TEXT
) STRICT;

-- A request to the engine that has not come back yet; taken, not read, by the callback.
CREATE TABLE authorizations (
    state       TEXT PRIMARY KEY,
    session     TEXT NOT NULL,
    purpose     TEXT NOT NULL,
    nonce       TEXT NOT NULL,
    verifier    TEXT NOT NULL,
    return_to   TEXT NOT NULL,
    payment     TEXT,
    hint_id     TEXT,
    created_at  INTEGER NOT NULL
) STRICT;

CREATE TABLE payments (
    id                  TEXT PRIMARY KEY,
    subject             TEXT NOT NULL,
    payee               TEXT NOT NULL,
    account             TEXT NOT NULL,
    amount_minor        INTEGER NOT NULL CHECK (amount_minor > 0),
    currency            TEXT NOT NULL,
    state               TEXT NOT NULL CHECK (state IN ('draft', 'pending', 'approved', 'executed', 'cancelled')),
    created_at          INTEGER NOT NULL,
    approved_at         INTEGER,
    executed_at         INTEGER,
    hint                TEXT,
    evidence            TEXT,
    refusal             TEXT,
    refusal_correlation TEXT
) STRICT;
CREATE INDEX payments_by_subject ON payments (subject, created_at);

-- Money that has moved. A payment can be here once.
CREATE TABLE ledger (
    payment      TEXT PRIMARY KEY REFERENCES payments (id),
    subject      TEXT NOT NULL,
    payee        TEXT NOT NULL,
    account      TEXT NOT NULL,
    amount_minor INTEGER NOT NULL,
    currency     TEXT NOT NULL,
    executed_at  INTEGER NOT NULL
) STRICT;

CREATE TABLE audit (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    payment     TEXT NOT NULL,
    subject     TEXT NOT NULL,
    at          INTEGER NOT NULL,
    event       TEXT NOT NULL,
    detail      TEXT NOT NULL,
    correlation TEXT
) STRICT;
CREATE INDEX audit_by_payment ON audit (payment, id);
