package sun.management;

import java.lang.management.ManagementFactory;
import java.lang.management.RuntimeMXBean;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.management.ObjectName;

/**
 * Stands in for the class of this name in java.management, for Elasticsearch 1: that asks for the boot class path while it
 * starts, and Java has had none since 9 and throws. All else is answered as usual.
 */
class RuntimeImpl implements RuntimeMXBean {
    private final VMManagement jvm;

    RuntimeImpl(VMManagement vm) {
        this.jvm = vm;
    }

    public String getName() {
        return jvm.getVmId();
    }

    public String getManagementSpecVersion() {
        return jvm.getManagementVersion();
    }

    public String getVmName() {
        return jvm.getVmName();
    }

    public String getVmVendor() {
        return jvm.getVmVendor();
    }

    public String getVmVersion() {
        return jvm.getVmVersion();
    }

    public String getSpecName() {
        return jvm.getVmSpecName();
    }

    public String getSpecVendor() {
        return jvm.getVmSpecVendor();
    }

    public String getSpecVersion() {
        return jvm.getVmSpecVersion();
    }

    public String getClassPath() {
        return jvm.getClassPath();
    }

    public String getLibraryPath() {
        return jvm.getLibraryPath();
    }

    public String getBootClassPath() {
        return "";
    }

    public boolean isBootClassPathSupported() {
        return false;
    }

    public List<String> getInputArguments() {
        return jvm.getVmArguments();
    }

    public long getUptime() {
        return jvm.getUptime();
    }

    public long getStartTime() {
        return jvm.getStartupTime();
    }

    public Map<String, String> getSystemProperties() {
        return System.getProperties().stringPropertyNames().stream()
            .collect(Collectors.toMap(name -> name, System::getProperty));
    }

    public ObjectName getObjectName() {
        return Util.newObjectName(ManagementFactory.RUNTIME_MXBEAN_NAME);
    }
}
