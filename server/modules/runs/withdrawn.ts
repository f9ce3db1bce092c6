/** Why a run was cancelled that its customer did not want any more. */
export const withdrawnByCustomer = "withdrawn by the customer";
