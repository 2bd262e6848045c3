package io.teahouse.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.cluster.MemberStatus;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;

/** A cluster of one node, in this JVM: for contracts that its implementations share with those of a single server. */
public final class OneNode {
    private OneNode() {}

    /** It is up. */
    public static ActorTestKit start() {
        ActorTestKit akka = ActorTestKit.create(
                "teahouse",
                ConfigFactory.parseString("""
                        akka.actor.provider = cluster
                        akka.remote.artery.canonical { hostname = 127.0.0.1, port = 0 }
                        akka.cluster.jmx.multi-mbeans-in-same-jvm = on
                        akka.cluster.sharding.passivation.strategy = none
                        akka.cluster.downing-provider-class = ""
                        akka.loglevel = warning
                        akka.coordinated-shutdown { exit-jvm = off, run-by-actor-system-terminate = off }
                        akka.actor.testkit.typed.single-expect-default = 40 s
                        """)
                        .withFallback(ConfigFactory.parseResources("teahouse-cluster.conf"))
                        .withFallback(ConfigFactory.load()));
        Cluster cluster = Cluster.get(akka.system());
        cluster.manager().tell(Join.create(cluster.selfMember().address()));
        akka.createTestProbe()
                .awaitAssert(
                        Duration.ofSeconds(40),
                        () -> assertThat(cluster.selfMember().status()).isEqualTo(MemberStatus.up()));
        return akka;
    }
}
