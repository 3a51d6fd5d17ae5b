/** What the billing bridge publishes: what was billed of a window, and that the provider has confirmed it. */
package dev.weir.billing.contract;
