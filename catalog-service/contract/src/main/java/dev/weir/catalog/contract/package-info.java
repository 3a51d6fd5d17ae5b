/**
 * What the catalog publishes to the other services: the bodies of published versions, the catalog in force, and the pure
 * functions that everyone must compute identically (credit rating, price rating).
 */
package dev.weir.catalog.contract;
