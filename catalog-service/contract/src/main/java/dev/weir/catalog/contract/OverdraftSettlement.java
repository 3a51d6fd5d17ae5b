package dev.weir.catalog.contract;

/** What becomes of credit overdraft: repaid by the next grant, or billed. */
public enum OverdraftSettlement {
    REPAY,
    BILL
}
