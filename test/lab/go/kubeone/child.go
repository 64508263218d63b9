package main

import (
	"errors"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"sync"
	"syscall"
	"time"
)

// killAfter is how long a tethered command may take to end by itself.
const killAfter = 2 * time.Second

var (
	childrenMu sync.Mutex
	children   []*os.Process
)

func startChild(name string, args []string, output io.Writer) (*exec.Cmd, error) {
	command := exec.Command(name, args...)
	command.Stdout, command.Stderr = output, output
	command.SysProcAttr = dieWithParent()
	// The kernel ties the death signal to the thread that forked: it must not end before we do.
	runtime.LockOSThread()
	if err := command.Start(); err != nil {
		return nil, err
	}
	childrenMu.Lock()
	defer childrenMu.Unlock()
	children = append(children, command.Process)
	return command, nil
}

func stopChildren() {
	childrenMu.Lock()
	defer childrenMu.Unlock()
	for _, process := range children {
		_ = process.Kill()
	}
}

// tether runs a command as long as our own stdin is open. It is for programs that know no such
// switch themselves: a parent that is killed cannot stop them, but its end of the pipe closes.
func tether(args []string) (int, error) {
	if len(args) == 0 {
		return 0, errors.New("tether: which command?")
	}
	command := exec.Command(args[0], args[1:]...)
	command.Stdout, command.Stderr = os.Stdout, os.Stderr
	command.SysProcAttr = dieWithParent()
	runtime.LockOSThread()
	if err := command.Start(); err != nil {
		return 0, err
	}
	stop := make(chan os.Signal, 2)
	signal.Notify(stop, syscall.SIGTERM, syscall.SIGINT)
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		stop <- syscall.SIGTERM
	}()
	ended := make(chan error, 1)
	go func() { ended <- command.Wait() }()
	select {
	case <-ended:
		return command.ProcessState.ExitCode(), nil
	case <-stop:
	}
	_ = command.Process.Signal(syscall.SIGTERM)
	select {
	case <-ended:
	case <-time.After(killAfter):
		_ = command.Process.Kill()
		<-ended
	}
	return 0, nil
}
