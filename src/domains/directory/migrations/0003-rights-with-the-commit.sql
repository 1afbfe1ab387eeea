-- All of an organization share the version of its rights: whoever raises it holds its row until the end, so it is raised last.
drop trigger employees_rights on employees;
create constraint trigger employees_rights after update of left_at on employees deferrable initially deferred for each row execute function raise_rights_version();
drop trigger department_closure_rights on department_closure;
create constraint trigger department_closure_rights after insert or update or delete on department_closure deferrable initially deferred for each row execute function raise_rights_version();
drop trigger department_members_rights on department_members;
create constraint trigger department_members_rights after insert or update or delete on department_members deferrable initially deferred for each row execute function raise_rights_version();
drop trigger admin_rights_rights on admin_rights;
create constraint trigger admin_rights_rights after insert or update or delete on admin_rights deferrable initially deferred for each row execute function raise_rights_version();
