"""Jupyter's own test of kernels, filled in for Java. Run with Debian's /usr/bin/python3.

KERNEL_NAME names the installed kernel (default: reprise).
"""

import os
import time
import unittest

import jupyter_kernel_test as jkt


class RepriseKernelTest(jkt.KernelTests):
    kernel_name = os.environ.get("KERNEL_NAME", "reprise")
    language_name = "java"
    file_extension = ".jshell"

    code_hello_world = 'System.out.println("hello, world")'
    code_stderr = 'System.err.println("to stderr")'
    code_generate_error = "throw new IllegalStateException();"
    code_execute_result = [
        {"code": "1 + 2", "result": "3"},
        {"code": 'String.join("-", "a", "b")', "result": "a-b"},
    ]
    code_display_data = [
        {"code": 'display(html("<b>x</b>"));', "mime": "text/html"},
        {"code": "display(new java.awt.image.BufferedImage(2, 2, 1));", "mime": "image/png"},
    ]
    code_inspect_sample = "String.valueOf("
    code_clear_output = "clearOutput();"
    code_page_something = "String.valueOf?"

    completion_samples = [
        {"text": '"text".subst', "matches": {"substring("}},
        {"text": "%tim", "matches": {"%time", "%timeit"}},
    ]
    complete_code_samples = ["1 + 1", "int x = 1;", "void f() {}", ""]
    incomplete_code_samples = ["for (int i = 0; i < 3; i++) {", "f(", 'String s = """\n a']
    invalid_code_samples = ["int x = 1; )", "1x + ;"]

    supported_history_operations = ("tail", "range", "search")
    code_history_pattern = "1*2*"

    def test_status_everywhere(self):
        self.flush_channels()
        for request in (
            self.kc.kernel_info,
            self.kc.comm_info,
            lambda: self.kc.history(hist_access_type="tail", n=1),
            lambda: self.kc.complete("Str", 3),
            lambda: self.kc.inspect("String", 3),
        ):
            ident = request()
            reply = self.kc.get_shell_msg(timeout=30)
            self.assertEqual(reply["parent_header"]["msg_id"], ident)
            self.assertEqual(reply["content"]["status"], "ok", reply["msg_type"])

    def test_interrupt_ends_a_loop(self):
        self.flush_channels()
        ident = self.kc.execute("while (true) {}")
        time.sleep(2)
        self.km.interrupt_kernel()
        reply = self.kc.get_shell_msg(timeout=30)
        self.assertEqual(reply["parent_header"]["msg_id"], ident)
        self.assertEqual(reply["content"]["status"], "error")
        self.assertEqual(reply["content"]["ename"], "Interrupted")

    def test_queue_behind_an_error_is_aborted(self):
        self.flush_channels()
        # the error takes its time, so that the others are in the queue by then
        slow = 'Thread.sleep(1000);\nthrow new IllegalStateException("bad");'
        ids = [self.kc.execute(c) for c in (slow, "1 + 1", "2 + 2")]
        status = {}
        for _ in ids:
            reply = self.kc.get_shell_msg(timeout=30)
            status[reply["parent_header"]["msg_id"]] = reply["content"]["status"]
        self.assertEqual([status[i] for i in ids], ["error", "aborted", "aborted"])

    def test_input(self):
        self.flush_channels()
        self.kc.execute("new Scanner(System.in).nextLine().toUpperCase()", allow_stdin=True)
        request = self.kc.get_stdin_msg(timeout=30)
        self.assertEqual(request["msg_type"], "input_request")
        self.kc.input("typed")
        reply = self.kc.get_shell_msg(timeout=30)
        self.assertEqual(reply["content"]["status"], "ok")
        while True:
            message = self.kc.get_iopub_msg(timeout=30)
            if message["msg_type"] == "execute_result":
                self.assertEqual(message["content"]["data"]["text/plain"], "TYPED")
                break


if __name__ == "__main__":
    unittest.main(verbosity=2)
