"""What this machine is, told from trees of files that stand for machines; and once from the real one."""

from __future__ import annotations

import json
import os
import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from kb.probe import here
from kb.probe.here import Clue, verdict
from kb.probe.here_inventory import inventory
from kb.probe.here_wording import explain_here, seen
from kb.probe.ports import Availability
from kb.records import Link

FIRST_PID, FIRST_CGROUP = 4026531836, 4026531835
NUMBER = "0123456789ab" + "c" * 52
CPU = "processor\t: 0\nflags\t\t: fpu vme {}\n"


class Tree:
    """A root folder with as much of /proc as is looked at."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.write("proc/stat", "cpu 1\nbtime 1700000000\n")
        self.write("proc/cpuinfo", CPU.format(""))
        self.namespaces(FIRST_PID, FIRST_CGROUP)

    def write(self, path: str, text: str) -> None:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text)

    def link(self, path: str, target: str) -> None:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).unlink(missing_ok=True)
        (self.root / path).symlink_to(target)

    def namespaces(self, pid: int, cgroup: int) -> None:
        self.link("proc/self/ns/pid", f"pid:[{pid}]")
        self.link("proc/self/ns/cgroup", f"cgroup:[{cgroup}]")

    def process(self, pid: int, comm: str, *, cmdline: str = "", cgroup: str = "0::/", namespace: int = FIRST_PID) -> None:
        self.write(f"proc/{pid}/comm", comm + "\n")
        self.write(f"proc/{pid}/cmdline", cmdline)
        self.write(f"proc/{pid}/cgroup", cgroup + "\n")
        self.write(f"proc/{pid}/stat", f"{pid} ({comm}) S " + " ".join(["1"] * 18) + f" {100 * os.sysconf('SC_CLK_TCK')} 0")
        self.link(f"proc/{pid}/ns/pid", f"pid:[{namespace}]")

    def report(self, kvm: Availability | None = None, **said: str) -> here.HereReport:
        return here.report(kvm, root=self.root, detect=lambda kind: said.get(kind.removeprefix("--")))


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path)


class TestContainer:
    def test_a_file_left_by_an_image_is_no_container(self, tree: Tree):
        """As on a machine that was made by unpacking an image of Docker."""
        tree.write(".dockerenv", "")
        found = tree.report(container="docker", vm="kvm")
        assert (found.in_container, found.in_machine) == (False, True)
        text = explain_here(found, "zh", "inside")
        assert "当前进程不在容器里；本机是虚拟机。" in text
        assert "弱迹象（/.dockerenv、docker）与此相反" in text

    def test_a_process_namespace_of_its_own_is_one(self, tree: Tree):
        tree.namespaces(4026532999, FIRST_CGROUP)
        found = tree.report(container="none")
        assert found.in_container is True
        assert found.in_machine is False

    def test_the_host_s_processes_may_be_seen_from_a_container(self, tree: Tree):
        tree.namespaces(FIRST_PID, 4026533000)
        tree.write("proc/2/comm", "kthreadd\n")
        assert tree.report().in_container is True

    @pytest.mark.parametrize(
        "group", [f"0::/system.slice/docker-{NUMBER}.scope", f"4:memory:/kubepods/besteffort/pod1/{NUMBER}", "0::/lxc.payload.web"]
    )
    def test_a_control_group_of_an_engine_is_one(self, tree: Tree, group: str):
        tree.write("proc/self/cgroup", group + "\n")
        assert tree.report().in_container is True

    def test_without_any_strong_sign_weak_ones_decide(self, tree: Tree):
        (tree.root / "proc/self/ns/pid").unlink()
        (tree.root / "proc/self/ns/cgroup").unlink()
        assert tree.report(container="podman").in_container is True
        assert tree.report(container="none").in_container is False
        assert tree.report().in_container is None
        assert "看不出当前进程是否在容器里" in explain_here(tree.report(), "zh", "inside")


class TestMachine:
    def test_the_flag_of_the_processor_tells(self, tree: Tree):
        tree.write("proc/cpuinfo", CPU.format("hypervisor"))
        assert tree.report().in_machine is True

    @pytest.mark.parametrize("vendor", ["QEMU", "VMware, Inc.", "innotek GmbH", "Amazon EC2"])
    def test_the_vendor_tells(self, tree: Tree, vendor: str):
        tree.write("sys/class/dmi/id/sys_vendor", vendor + "\n")
        assert tree.report().in_machine is True

    def test_bare_metal_of_a_cloud_is_no_machine(self, tree: Tree):
        tree.write("sys/class/dmi/id/sys_vendor", "Amazon EC2\n")
        tree.write("sys/class/dmi/id/product_name", "m5d.metal\n")
        assert tree.report(vm="none").in_machine is False

    def test_a_container_in_a_machine_is_both(self, tree: Tree):
        tree.namespaces(4026532999, 4026533000)
        tree.write("proc/cpuinfo", CPU.format("hypervisor"))
        found = tree.report(container="docker", vm="kvm")
        assert (found.in_container, found.in_machine) == (True, True)
        assert "This process is in a container; this machine is a virtual machine." in explain_here(found, "en", "inside")

    def test_wsl_is_named_a_machine(self, tree: Tree):
        tree.write("proc/sys/kernel/osrelease", "5.15.90.1-microsoft-standard-WSL2\n")
        assert tree.report().in_machine is True

    def test_nothing_readable_decides_nothing(self, tree: Tree):
        tree.write("proc/cpuinfo", "")
        assert tree.report().in_machine is None


def test_strong_signs_go_before_weak_ones():
    weak_yes, strong_no = Clue("a", "", "yes", weak=True), Clue("b", "", "no")
    assert verdict((weak_yes, strong_no)) is False
    assert verdict((weak_yes,)) is True
    assert verdict((weak_yes, strong_no, Clue("c", "", "yes"))) is True
    assert verdict((Clue("d", "", "nothing"),)) is None


class TestKvm:
    def test_a_device_alone_proves_nothing(self, tree: Tree):
        tree.write("dev/kvm", "")
        tree.write("proc/cpuinfo", CPU.format("vmx"))
        found = tree.report()
        assert (found.kvm.usable, found.kvm.device, found.kvm.flag) == (None, True, "vmx")
        text = explain_here(found, "zh", "kvm")
        assert "只有真正启动一台虚拟机才能证明" in text and "kb probe list" in text

    def test_a_boot_proves_it(self, tree: Tree):
        tree.write("dev/kvm", "")
        found = tree.report(Availability(True, checked_at="2026-03-05T07:08:09+00:00"))
        assert explain_here(found, "zh", "kvm").splitlines()[1].startswith("能用 KVM：2026-03-05 用 KVM 真正启动过虚拟机")

    def test_a_failed_boot_says_why_and_what_would_help(self, tree: Tree):
        (tree.root / "sys/module/kvm_pvm").mkdir(parents=True)
        tree.write("dev/kvm", "")
        state = Availability(False, ("没有启动。", "It did not boot."), ("换主机。", "Use another host."), "2026-03-05T07:08:09+00:00")
        found = tree.report(state)
        assert (found.kvm.usable, found.kvm.module) == (False, "kvm_pvm")
        assert "不能用 KVM：没有启动（" in explain_here(found, "zh", "kvm")
        assert "kernel module kvm_pvm). Use another host." in explain_here(found, "en", "kvm")

    def test_what_keeps_us_from_trying_is_no_proof_against_it(self, tree: Tree):
        (tree.root / "sys/module/kvm_pvm").mkdir(parents=True)
        tree.write("dev/kvm", "")
        state = Availability(False, ("测量用户不能读写。", "The user that measures may not."), ("加入 kvm 组。", "Join kvm."))
        found = here.report(state, tried=False, root=tree.root, detect=lambda kind: None)
        assert found.kvm.usable is (None if found.kvm.access else False)
        if found.kvm.access:
            zh, en = explain_here(found, "zh", "kvm"), explain_here(found, "en", "kvm")
            assert (
                "还不能断定能否用 KVM" in zh
                and "测量用户不能读写（" in zh
                and "要证实：加入 kvm 组。" in zh
                and "启动不了普通的虚拟机内核" in zh
            )
            assert "is not known" in en and "the user that measures may not (" in en and "To find out: Join kvm." in en

    def test_a_device_that_this_user_may_not_use_is_none_for_them(self, tree: Tree, monkeypatch: pytest.MonkeyPatch):
        tree.write("dev/kvm", "")
        monkeypatch.setattr(here.os, "access", lambda *_: False)
        assert "不能用 KVM：本用户不能读写 /dev/kvm（" in explain_here(tree.report(), "zh", "kvm")

    def test_no_device_is_no_kvm(self, tree: Tree):
        assert "不能用 KVM：没有 /dev/kvm" in explain_here(tree.report(), "zh", "kvm")


class TestInventory:
    def test_machines_by_their_process(self, tree: Tree):
        tree.process(100, "qemu-system-x86", cmdline="/usr/bin/qemu-system-x86_64\0-name\0guest=web,debug-threads=on\0-m\0512\0")
        tree.process(101, "firecracker", cmdline="/opt/firecracker\0--id\0vm7\0")
        tree.process(102, "bash", cmdline="bash\0-c\0echo qemu-system-x86_64\0")
        items, _ = inventory(tree.root)
        assert [(item.kind, item.name, item.engine) for item in items] == [
            ("virtual_machine", "web", "qemu"),
            ("virtual_machine", "vm7", "firecracker"),
        ]
        assert items[0].since == "2023-11-14T22:15:00+00:00"
        assert items[0].seen_in == "/proc/100/cmdline"

    def test_one_container_of_many_processes_is_one_item_with_its_name(self, tree: Tree):
        for pid in (200, 201):
            tree.process(pid, "nginx", cgroup=f"0::/system.slice/docker-{NUMBER}.scope", namespace=4026532999)
        folder = f"var/lib/docker/containers/{NUMBER}"
        tree.write(f"{folder}/config.v2.json", json.dumps({"Name": "/web", "State": {"Running": True}}))
        tree.write("var/lib/docker/containers/ffff/config.v2.json", json.dumps({"Name": "/old", "State": {"Running": False}}))
        tree.write(f"run/containerd/io.containerd.runtime.v2.task/moby/{NUMBER}/config.json", "{}")
        (item,) = inventory(tree.root)[0]
        assert (item.kind, item.name, item.engine, item.pid) == ("container", "web", "docker", 200)

    def test_podman_s_names(self, tree: Tree):
        tree.process(210, "sleep", cgroup=f"0::/user.slice/libpod-{NUMBER}.scope/container", namespace=4026532999)
        rows = [{"id": NUMBER, "names": ["quiet_cat"]}, {"id": "e" * 64, "names": ["stopped"]}]
        tree.write("var/lib/containers/storage/overlay-containers/containers.json", json.dumps(rows))
        (item,) = inventory(tree.root)[0]
        assert (item.name, item.engine) == ("quiet_cat", "podman")

    def test_state_folders_of_runtimes_but_not_of_dead_containers(self, tree: Tree):
        tree.process(300, "sleep", namespace=4026532999)
        tree.write("run/crun/box/status", json.dumps({"pid": 300}))
        tree.write("run/user/1000/runc/gone/state.json", json.dumps({"init_process_pid": 99999}))
        (item,) = inventory(tree.root)[0]
        assert (item.name, item.engine, item.pid) == ("box", "crun", 300)

    def test_a_process_namespace_without_an_engine_is_said_to_be_just_that(self, tree: Tree):
        tree.process(400, "sh", namespace=4026532777)
        tree.process(401, "sleep", namespace=4026532777)
        found = tree.report()
        assert [(item.name, item.engine) for item in found.running] == [("sh", "namespace")]
        assert "容器 sh（独立的进程命名空间，见于 /proc/400/ns/pid" in explain_here(found, "zh", "running")

    def test_lxc_and_libvirt(self, tree: Tree):
        tree.process(500, "init", cgroup="0::/lxc.payload.web-1/init.scope", namespace=4026532888)
        tree.write("run/libvirt/qemu/db.xml", "<domstatus/>")
        tree.process(501, "qemu-system-x86", cmdline="qemu-system-x86_64\0-name\0guest=db\0")
        assert {(item.name, item.engine) for item in inventory(tree.root)[0]} == {("web-1", "lxc"), ("db", "qemu")}

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
    def test_places_that_may_not_be_read_are_named(self, tree: Tree):
        closed = tree.root / "var/lib/docker/containers"
        closed.mkdir(parents=True)
        closed.chmod(0)
        try:
            found = tree.report()
        finally:
            closed.chmod(0o755)
        assert [one.place for one in found.unreadable] == ["/var/lib/docker/containers"]
        assert "没能读取，可能还有：/var/lib/docker/containers（Permission denied）" in explain_here(found, "zh", "running")

    def test_places_that_cannot_be_read_are_named(self, tree: Tree):
        tree.write("var/lib/docker/containers/aaaa/config.v2.json/in-the-way", "")
        found = tree.report()
        assert [one.place for one in found.unreadable] == ["/var/lib/docker/containers/aaaa/config.v2.json"]
        assert "Could not be read and may hold more" in explain_here(found, "en", "running")

    @pytest.mark.parametrize("garbage", ["", "{", "[]", "3", '{"State": 1}', '{"pid": "x"}'])
    def test_damaged_records_are_passed_over(self, tree: Tree, garbage: str):
        tree.write("var/lib/docker/containers/aaaa/config.v2.json", garbage)
        tree.write("run/crun/box/status", garbage)
        tree.write("var/lib/containers/storage/vfs-containers/containers.json", garbage)
        assert inventory(tree.root) == ((), ())


def test_english_holds_no_chinese_and_each_topic_stands_alone(tree: Tree):
    tree.process(400, "sh", namespace=4026532777)
    found = tree.report(Availability(False, ("没有。", "None."), ("装。", "Install it.")))
    assert re.search(r"[\u4e00-\u9fff，。：；]", explain_here(found, "en")) is None
    whole = explain_here(found, "zh").splitlines()
    assert all(line in whole for about in ("inside", "kvm", "running") for line in explain_here(found, "zh", about).splitlines())  # type: ignore[arg-type]
    many = replace(found, running=found.running * 25)
    assert "另有 5 个" in explain_here(many, "zh", "running")


class TestSeen:
    def test_the_point_names_the_strong_signs_that_decided(self, tree: Tree):
        tree.write(".dockerenv", "")
        point = seen(tree.report(container="docker", vm="kvm"), "zh", "inside").point
        assert point.startswith("当前进程不在容器里；本机是虚拟机。")
        assert "进程命名空间" in point and "systemd-detect-virt kvm" in point
        assert ".dockerenv" not in point and len(point) < 320

    def test_what_runs_is_an_instance_of_something_and_runs_here(self, tree: Tree):
        tree.process(200, "sleep", cgroup=f"0::/docker-{NUMBER}.scope", namespace=4026532999)
        tree.process(300, "qemu-system-x86", cmdline="qemu-system-x86_64\0-name\0web", namespace=FIRST_PID)
        found = seen(tree.report(vm="kvm"), "zh", "running")
        assert [(item.concept, item.engine) for item in found.instances[1:]] == [("container", "docker"), ("virtual_machine", "qemu")]
        assert all(item.since for item in found.instances[1:])
        box, machine = (item.id for item in found.instances[1:])
        own = found.instances[0].id
        assert Link(own, "instance_of", "virtual_machine") in found.links
        assert {Link(box, "runs_on", own), Link(box, "shares", "host_kernel"), Link(machine, "runs_on", own)} <= set(found.links)
        assert not any(link.source == machine and link.relation == "shares" for link in found.links)
        assert "1 个容器、1 台虚拟机：" in found.point and "web（qemu）" in found.point

    def test_what_cannot_be_told_is_no_edge(self, tree: Tree):
        tree.write("proc/cpuinfo", "processor : 0\n")
        found = seen(tree.report(), "en", "inside")
        assert (found.in_machine, found.links) == (None, ())
        assert re.search(r"[\u4e00-\u9fff]", found.point) is None


@pytest.mark.skipif(not Path("/proc/self/ns/pid").exists(), reason="not Linux")
def test_the_real_machine_decides_and_sees_a_machine_that_runs():
    with subprocess.Popen(("qemu-system-test", "60"), executable="/bin/sleep") as process:
        try:
            found = here.report()
        finally:
            process.kill()
    assert found.in_container is not None
    assert [item.engine for item in found.running if item.pid == process.pid] == ["qemu"]
    assert explain_here(found, "zh")


def test_a_prober_knows_what_booted_here_and_starts_nothing(lab):
    lab.add("qemu_kvm", concept="virtual_machine")
    prober = lab.prober()
    assert prober.here().kvm.usable in (None, False)
    assert lab.log == []
    prober.backends()
    assert prober.here().kvm.usable is True
    assert lab.log == ["qemu_kvm"]
