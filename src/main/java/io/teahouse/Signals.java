package io.teahouse;

import java.lang.reflect.Proxy;
import org.slf4j.LoggerFactory;

/**
 * Signals of the operating system. The JDK has had one way to be told of them for twenty years, in a package that javac
 * warns of whatever is done; so it is called by name.
 */
final class Signals {
    private Signals() {}

    /**
     * From now on, {@code then} is run for each signal of that name, on a thread of its own, instead of what the JVM would
     * do. Where it cannot be had, nothing changes.
     *
     * @param name without its SIG
     */
    static void handle(String name, Runnable then) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            then.run();
                        }
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (ReflectiveOperationException e) {
            LoggerFactory.getLogger(Signals.class).info("SIG{} is not handled here: {}", name, e.toString());
        }
    }
}
