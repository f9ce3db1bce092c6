import accessRequest from "@/workflows/templates/access-request.json";
import accountDeletion from "@/workflows/templates/account-deletion.json";
import complaintHandoff from "@/workflows/templates/complaint-handoff.json";
import contentPublishing from "@/workflows/templates/content-publishing.json";
import discountApproval from "@/workflows/templates/discount-approval.json";
import employeeOnboarding from "@/workflows/templates/employee-onboarding.json";
import expenseApproval from "@/workflows/templates/expense-approval.json";
import failedPayment from "@/workflows/templates/failed-payment.json";
import invoiceApproval from "@/workflows/templates/invoice-approval.json";
import kycReview from "@/workflows/templates/kyc-review.json";
import leaveRequest from "@/workflows/templates/leave-request.json";
import purchaseOrder from "@/workflows/templates/purchase-order.json";
import refundDesk from "@/workflows/templates/refund-desk.json";
import subscriptionUpgrade from "@/workflows/templates/subscription-upgrade.json";
import vendorOnboarding from "@/workflows/templates/vendor-onboarding.json";
import weeklyStockCheck from "@/workflows/templates/weekly-stock-check.json";
import { templateSchema, type Template } from "./template-schema";

/** In the order of the gallery: what most people look for comes first. */
const files: readonly unknown[] = [
  subscriptionUpgrade,
  refundDesk,
  kycReview,
  weeklyStockCheck,
  expenseApproval,
  purchaseOrder,
  employeeOnboarding,
  leaveRequest,
  invoiceApproval,
  contentPublishing,
  accountDeletion,
  discountApproval,
  accessRequest,
  complaintHandoff,
  vendorOnboarding,
  failedPayment,
];

let read: readonly Template[] | null = null;

export function templates(): readonly Template[] {
  read ??= files.map((file) => templateSchema.parse(file));
  return read;
}
