//! Ids: a `CustomerId` cannot be passed where a `ContractId` is meant.

macro_rules! ids {
    ($($name:ident),* $(,)?) => {$(
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(formatter)
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl From<i64> for $name {
            fn from(id: i64) -> Self {
                Self(id)
            }
        }
    )*};
}

ids!(
    AddressId,
    AddressPoolId,
    CardRefundId,
    AdoptionId,
    CollectionOrderId,
    ChangeId,
    BankAccountId,
    BankRowId,
    BankStatementId,
    ContactId,
    BulkRunId,
    ContractId,
    ContractLineId,
    CustomerId,
    FileId,
    DisputeId,
    EquipmentId,
    EquipmentModelId,
    GatewayEventId,
    GatewayId,
    GatewayTaskId,
    HoldId,
    HotspotBindingId,
    HotspotId,
    HotspotProfileId,
    HotspotUserId,
    InvoiceId,
    InvoiceLineId,
    JobId,
    LeaseId,
    MacProfileId,
    MessageId,
    NapId,
    NapImportId,
    NetworkScanId,
    OltCardId,
    OltId,
    OnboardingId,
    OutageId,
    PaymentId,
    PaymentIntentId,
    PlanId,
    PlanPriceId,
    PolicyId,
    PonPortId,
    PortalCodeId,
    PromiseId,
    QuoteId,
    RefundId,
    RouterId,
    SavedCardId,
    SavedFilterId,
    ScanId,
    ScanRowId,
    ScheduledReportId,
    SectorId,
    ServiceId,
    SplitterId,
    SplitterPortId,
    StockPlaceId,
    StockReceiptId,
    TaxId,
    TicketCategoryId,
    TicketId,
    TransferReportId,
    UserId,
    VoucherBatchId,
    VoucherId,
    VoucherSaleId,
    WalledGardenId,
    WorkOrderId,
    WorkVisitId,
    ChecklistItemId,
);
