alter table "contact_share_requests" drop constraint "contact_share_requests_state_check";
alter table "contact_share_requests" add constraint "contact_share_requests_state_check" check (state in ('PENDING', 'GRANTED', 'REFUSED', 'NOT_NEEDED', 'CONTACT_DELETED', 'ASKER_LEFT'));
