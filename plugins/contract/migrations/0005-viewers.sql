create table "plg_contract"."viewers" ("organization_id" uuid not null, "contract_id" uuid not null, "contact_id" uuid not null, "since" timestamptz not null, primary key ("organization_id", "contract_id", "contact_id"));
alter table "plg_contract"."viewers" add constraint "viewers_organization_id_contract_id_fkey" foreign key ("organization_id", "contract_id") references "plg_contract"."contracts" ("organization_id", "id") on update no action on delete restrict;
alter table "plg_contract"."viewers" add constraint "viewers_organization_id_contact_id_fkey" foreign key ("organization_id", "contact_id") references "contacts" ("organization_id", "id") on update no action on delete restrict;
alter table "plg_contract"."viewers" enable row level security;
alter table "plg_contract"."viewers" force row level security;
create policy "viewers_organization" on "plg_contract"."viewers" to "guichet_app" using (organization_id = (select current_setting('guichet.organization')::uuid)) with check (organization_id = (select current_setting('guichet.organization')::uuid));
create index viewers_contact on plg_contract.viewers (organization_id, contact_id, contract_id);
grant select, insert, update, delete on plg_contract.viewers to guichet_app;
