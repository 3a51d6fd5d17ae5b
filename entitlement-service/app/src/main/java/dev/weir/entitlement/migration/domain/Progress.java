package dev.weir.entitlement.migration.domain;

/**
 * How far a migration is. The numbers other than the total add up to it.
 *
 * @param moved those on the new version now
 * @param scheduled those that will be, at an instant that stands on their timeline
 * @param skipped those that had nothing to move, or were changed since
 * @param failed those that cannot move
 */
public record Progress(long total, long pending, long moved, long scheduled, long skipped, long failed, long canceled) {
    /** Nothing. */
    public static final Progress NONE = new Progress(0, 0, 0, 0, 0, 0, 0);
}
