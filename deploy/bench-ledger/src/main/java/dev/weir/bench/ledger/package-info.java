/** How fast the ledger writes, beside the plain ways of doing the same on the same PostgreSQL in the same run. */
package dev.weir.bench.ledger;
