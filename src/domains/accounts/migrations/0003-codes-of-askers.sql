-- One live code a phone and asker, who is an address: a new code takes the place of the one before. What others try is counted apart, so that
-- they cannot use up the code of whoever asked. Servers of the version before still use sign_in_codes.
create table identity.asked_codes (
  phone text not null check (phone ~ '^\+[1-9][0-9]{4,14}$'),
  asker bytea not null check (length(asker) = 32),
  code_hash bytea not null check (length(code_hash) = 32),
  tries integer not null default 0 check (tries >= 0),
  tries_of_others integer not null default 0 check (tries_of_others >= 0),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (phone, asker)
);
create index asked_codes_expiry on identity.asked_codes (expires_at);
revoke all on identity.asked_codes from public;
grant select, insert, update, delete on identity.asked_codes to guichet_identity;
