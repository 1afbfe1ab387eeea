-- Terms of another form: servers replace the old kinds contact by contact, and find them by this index until none is left.
alter table contact_search_terms drop constraint contact_search_terms_kind_check;
alter table contact_search_terms add constraint contact_search_terms_kind_check check (kind in ('NAME', 'PHONE', 'PINYIN', 'COMPANY', 'ANY'));
alter table contacts alter column sort_name set default '';
-- Another spelling is another company; what 0.1 has made one stays one. New keys begin with a space, which those of 0.1 never do.
alter table companies no force row level security;
update companies set name = trim(regexp_replace(normalize(name, NFC), E'[\\u0009-\\u000d\\u0020\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+', ' ', 'g'));
update companies set name_key = ' ' || name;
alter table companies force row level security;
