alter table "window_links" add "version" integer not null default 1, add "label" text null, add "places_taken" integer not null default 0;
-- places of before are held by whom they are held by now
-- the policies bind the login too, where that is no superuser; requests are another role, which they go on to bind
alter table window_links no force row level security;
alter table join_applications no force row level security;
update window_links set places_taken = (
  select count(*) from join_applications as application
  where application.organization_id = window_links.organization_id and application.link_id = window_links.id
    and application.state <> 'REFUSED' and (application.phone_proven or application.state = 'ACCEPTED')
);
alter table join_applications force row level security;
alter table window_links force row level security;
