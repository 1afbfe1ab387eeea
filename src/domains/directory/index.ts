export { grantRight, refuseLastAdmin, refuseMoreRights, scopeOf } from './admin-right.service.ts';
export { concernedByLeaving } from './concerned.service.ts';
export { addDepartment, stayingDepartments } from './department.service.ts';
export { asDepartmentName, isDepartmentName } from './department-name.rules.ts';
export { adminRights, departmentClosure, departmentMembers, departments, employees } from './directory.entity.ts';
export { employeePhoneTaken, lastAdmin, phoneBelongsToContact, phoneFollowsAccount, rightNotYours } from './directory.errors.ts';
export { Department, DirectoryConflict, Employee, PortalEmployee } from './directory.refs.ts';
export { adminsOf, colleagues, isEmployee } from './directory.roles.ts';
export { holdDirectory, sharePhonesOfStaff, takePhonesOfStaff } from './directory-turn.service.ts';
export { addEmployee, type NewEmployee } from './employee-adding.service.ts';
export { coverDepartments, membershipsOf } from './employee-departments.service.ts';
export { coverEdit, type EmployeeEdit, type EmployeeNow, holdEmployee, updateEmployee } from './employee-editing.service.ts';
export { SheetFormatWords } from './employee-import.graphql.ts';
export { endEmployment, holdEmployed, resumeEmployment } from './employee-leaving.service.ts';
export { employeeSearchTerms, STAFF_NUMBER } from './employee-search.entity.ts';
export { employeeTermRows, lookedFor } from './employee-search.service.ts';
export type { EndedRight, Resumed, ReturnedRight } from './ended-right.service.ts';
export { effects, type Foreseen } from './foresight.graphql.ts';
export { foresee, seatsOf } from './foresight.service.ts';
export { havingPhones, phonesHeldBy, writtenPhones } from './having-phones.service.ts';
export { purgeOfImports } from './import-purging.ts';
export { takeTable } from './import-upload.service.ts';
export { directoryModule } from './module.ts';
export { directory } from './permissions.ts';
export {
  awaitDecision,
  closeConflictsOf,
  followPhone,
  keptBeside,
  leaveToAdmins,
  openConflictsOf,
  type PhoneHolders,
  pairedSeats,
  phoneHolders,
} from './phone-following.service.ts';
export { type GivenPhone, givePhone } from './phone-giving.service.ts';
export { reachedBy, supervises } from './reach.service.ts';
export { type Coming, refuseGrowth } from './right-growth.service.ts';
export { tellRightNotYours } from './right-refusal.service.ts';
export { LISTS_IN_ORDER, SEARCHES_IN_ORDER, SUPERVISES_MANY, SUPERVISES_MOST, SUPERVISOR } from './seat-facts.ts';
export { supervisionsOf } from './staff-import.rules.ts';
export { planRecords } from './staff-planning.service.ts';
export type { StaffRecord } from './staff-record.ts';
export { writeStaff } from './staff-writing.service.ts';
