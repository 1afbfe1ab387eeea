alter table "form_history" drop constraint "form_history_kind_check";
-- What the customer said stood as said to them, by nobody.
alter table form_history no force row level security;
update form_history set kind = 'COMMENTED_BY_CUSTOMER' where kind = 'COMMENTED_TO_CUSTOMER' and actor_id is null;
alter table form_history force row level security;
alter table "form_history" add constraint "form_history_kind_check" check (kind in ('SUBMITTED', 'CLAIMED', 'APPROVED', 'REJECTED', 'RETURNED', 'RESUBMITTED', 'HANDED_OVER', 'APPROVER_ADDED', 'CONSULTED', 'ANSWERED', 'COMMENTED', 'COMMENTED_TO_CUSTOMER', 'COMMENTED_BY_CUSTOMER', 'REMINDED', 'CONFIRMATION_ASKED', 'CONFIRMED', 'CONFIRMED_ITSELF', 'DISPUTED', 'COMPLETED', 'WITHDRAWN', 'REASSIGNED', 'ESCALATED', 'VALUES_CHANGED', 'JUMPED', 'PAUSED', 'RESUMED', 'ENDED'));
