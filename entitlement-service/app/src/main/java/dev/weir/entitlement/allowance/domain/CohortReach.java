package dev.weir.entitlement.allowance.domain;

/**
 * How far a cohort's promotion reaches.
 *
 * @param holding members who have it now
 * @param ended those who have left, or all of them once it has ended
 * @param refused members who could not get it
 */
public record CohortReach(long holding, long ended, long refused) {}
