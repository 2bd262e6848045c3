package io.teahouse.cluster;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.Extension;
import akka.actor.typed.ExtensionId;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.ActorContext;
import com.typesafe.config.Config;
import io.teahouse.user.CaseMapping;
import io.teahouse.user.LocalUserDirectory;
import io.teahouse.user.NickRegistry;
import io.teahouse.user.NickRules;
import io.teahouse.user.OnlineUsers;
import io.teahouse.user.UserServices;
import io.teahouse.user.UserSupervisor;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Who is online on the nodes of a cluster, and who has which nick, as one node knows it: the rooms and the doors of a node share it. An
 * application that is a cluster {@linkplain #get has} one per actor system. Thread-safe.
 */
public final class SharedUsers implements Extension {
    private static final ExtensionId<SharedUsers> ID = new ExtensionId<>() {
        @Override
        public SharedUsers createExtension(ActorSystem<?> system) {
            return create(system);
        }
    };

    private final OnlineUsers directory;
    private final ForeignUsers foreign;
    private final ActorRef<NickRegistry.Command> nicks;
    private final CaseMapping caseMapping;
    private final Duration returnWithin;
    private final AtomicBoolean hasDoors = new AtomicBoolean();

    SharedUsers(
            OnlineUsers directory,
            ForeignUsers foreign,
            ActorRef<NickRegistry.Command> nicks,
            CaseMapping caseMapping,
            Duration returnWithin) {
        this.directory = directory;
        this.foreign = foreign;
        this.nicks = nicks;
        this.caseMapping = caseMapping;
        this.returnWithin = returnWithin;
    }

    /**
     * The one of this actor system, whose configuration gives {@code teahouse.irc.casemapping} and {@code
     * teahouse.cluster.return-within}. The first call starts it.
     */
    public static SharedUsers get(ActorSystem<?> system) {
        return system.registerExtension(ID);
    }

    private static SharedUsers create(ActorSystem<?> system) {
        Config config = system.settings().config().getConfig("teahouse");
        CaseMapping caseMapping = CaseMapping.RFC1459.name().equalsIgnoreCase(config.getString("irc.casemapping"))
                ? CaseMapping.RFC1459
                : CaseMapping.ASCII;
        Duration returnWithin = config.getDuration("cluster.return-within");
        OnlineUsers users = new LocalUserDirectory(new NickRules(NickRules.MOST_BYTES, caseMapping));
        ForeignUsers foreign = new ForeignUsers();
        ActorRef<NickRegistry.Command> nicks =
                system.systemActorOf(ClusterNicks.create(users, foreign), "teahouse-nicks", Props.empty());
        system.systemActorOf(ClusterUsers.create(users, foreign, returnWithin), "teahouse-online", Props.empty());
        return new SharedUsers(users, foreign, nicks, caseMapping, returnWithin);
    }

    /**
     * That of a server, whose guardian is the parent.
     *
     * @param users the directory of this node
     * @param nicks the name of the actor that knows who has which nick
     * @param returnWithin how long the users of a node that is gone are still known
     */
    public static SharedUsers start(
            ActorContext<?> context, OnlineUsers users, CaseMapping caseMapping, String nicks, Duration returnWithin) {
        ForeignUsers foreign = new ForeignUsers();
        ActorRef<NickRegistry.Command> registry = context.spawn(ClusterNicks.create(users, foreign), nicks);
        context.spawn(ClusterUsers.create(users, foreign, returnWithin), "online");
        return new SharedUsers(users, foreign, registry, caseMapping, returnWithin);
    }

    /** Who is online, on all nodes. */
    public OnlineUsers directory() {
        return directory;
    }

    /** Decides for all nodes who has which nick. */
    public ActorRef<NickRegistry.Command> nicks() {
        return nicks;
    }

    /** Which nicks are equal. */
    public CaseMapping caseMapping() {
        return caseMapping;
    }

    /** How long the users of a node that is gone are expected back. */
    public Duration returnWithin() {
        return returnWithin;
    }

    /** The supervisor of the users of this node's doors. */
    public Behavior<UserSupervisor.Command> supervisor(UserServices services) {
        return ClusterUserSupervisor.create(services, foreign, returnWithin);
    }

    /** False from the second call on: accounts are sharded with what the first doors have. */
    public boolean claimDoors() {
        return hasDoors.compareAndSet(false, true);
    }
}
