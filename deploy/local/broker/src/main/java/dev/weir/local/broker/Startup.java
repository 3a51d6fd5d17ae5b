package dev.weir.local.broker;

import org.apache.qpid.server.SystemLauncherListener;
import org.apache.qpid.server.model.Broker;
import org.apache.qpid.server.model.State;
import org.apache.qpid.server.model.SystemConfig;
import org.jspecify.annotations.Nullable;

/** How the start went. Broker-J itself only prints what failed, and stays without its port when that is taken. */
final class Startup extends SystemLauncherListener.DefaultSystemLauncherListener {

    private @Nullable SystemConfig<?> system;
    private @Nullable RuntimeException failure;

    @Override
    public void onContainerResolve(SystemConfig<?> resolved) {
        system = resolved;
    }

    @Override
    public void errorOnStartup(RuntimeException error) {
        failure = error;
    }

    /** Whether the broker runs, every port of it taking connections. */
    boolean listens() {
        if (failure != null || system == null || !(system.getContainer() instanceof Broker<?> broker)) {
            return false;
        }
        return broker.getState() == State.ACTIVE
                && broker.getPorts().stream().allMatch(port -> port.getState() == State.ACTIVE);
    }

    /** What the start failed with, if it failed as a whole. */
    @Nullable
    RuntimeException failure() {
        return failure;
    }
}
