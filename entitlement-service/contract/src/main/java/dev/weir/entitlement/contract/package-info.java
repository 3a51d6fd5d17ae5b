/**
 * Who has what: the customer snapshot that every other service works by, and the pure functions on it: periods,
 * resolution with its explanation, and the timeline of segments.
 */
package dev.weir.entitlement.contract;
