-- One live code for each thing that a seat is about to sign: a new code takes the place of the one before. Tries are counted in a transaction of
-- their own, and what a code has signed names its id, which is unique there: so it signs once, and a use case that is begun anew finds it again.
create table identity.signing_codes (
  organization_id uuid not null,
  seat_id uuid not null,
  subject bytea not null check (length(subject) = 32),
  id uuid not null unique,
  phone text not null check (phone ~ '^\+[1-9][0-9]{4,14}$'),
  code_hash bytea not null check (length(code_hash) = 32),
  tries integer not null default 0 check (tries >= 0),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (organization_id, seat_id, subject)
);
create index signing_codes_expiry on identity.signing_codes (expires_at);
revoke all on identity.signing_codes from public;
grant select, insert, update, delete on identity.signing_codes to guichet_identity;
