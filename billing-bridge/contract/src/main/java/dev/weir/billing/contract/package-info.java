/** What the billing bridge publishes: what was billed of a window and confirmed by the provider; which invoice was paid. */
package dev.weir.billing.contract;
