// vcsim is govmomi's vCenter simulator with what a test of a long-lived client needs on top:
// injected network and SOAP failures, a guest that takes time to shut down, privileges that can
// be denied, a certificate that can change, and tags in a saved inventory. Everything on top is
// reached through an admin endpoint on a second loopback port, never through the SDK port.
package main

import (
	"crypto/tls"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log"
	"net/url"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/vmware/govmomi/simulator"

	_ "github.com/vmware/govmomi/pbm/simulator"
	_ "github.com/vmware/govmomi/sts/simulator"
	_ "github.com/vmware/govmomi/vapi/simulator"
)

// ready is the one line written to stdout once the server answers.
type ready struct {
	URL             string `json:"url"`
	Admin           string `json:"admin"`
	SHA256          string `json:"sha256,omitempty"`
	SHA1            string `json:"sha1,omitempty"`
	Certificate     string `json:"certificate,omitempty"`
	VirtualMachines int    `json:"virtualMachines"`
	Milliseconds    int64  `json:"milliseconds"`
}

type options struct {
	listen, admin, load, estate string
	tls                         bool
	tlsCert, tlsKey             string
	save                        string
	username, password          string
	esx, stdinExit              bool
	delay                       int
	methodDelay                 string
	jitter                      float64
	shutdownDelay               time.Duration
	model                       *simulator.Model
}

func parse() *options {
	o := &options{}
	m := simulator.VPX()
	flag.StringVar(&o.listen, "l", "127.0.0.1:0", "SDK listen address")
	flag.StringVar(&o.admin, "admin", "127.0.0.1:0", "admin listen address")
	flag.StringVar(&o.load, "load", "", "saved inventory folder (govc object.save), with an optional tags.json")
	flag.StringVar(&o.estate, "estate", "", "estate as raw objects, one JSON object a line, instead of -load")
	flag.StringVar(&o.save, "save", "", "write the estate as a saved inventory to this folder and exit")
	flag.BoolVar(&o.tls, "tls", true, "serve TLS; without -tlscert a new self-signed certificate is made")
	flag.StringVar(&o.tlsCert, "tlscert", "", "PEM certificate")
	flag.StringVar(&o.tlsKey, "tlskey", "", "PEM private key")
	flag.StringVar(&o.username, "username", "user", "login name")
	flag.StringVar(&o.password, "password", "pass", "login password; also read from VCSIM_PASSWORD")
	flag.BoolVar(&o.esx, "esx", false, "simulate a single ESXi host instead of a vCenter")
	flag.BoolVar(&o.stdinExit, "stdinexit", false, "exit when stdin closes, so that a killed parent leaves no process")
	flag.IntVar(&o.delay, "delay", 0, "milliseconds added to every SOAP call")
	flag.StringVar(&o.methodDelay, "method-delay", "", "milliseconds added to single methods: name:ms,name:ms")
	flag.Float64Var(&o.jitter, "delay-jitter", 0, "coefficient of variation of the delays")
	flag.DurationVar(&o.shutdownDelay, "shutdown-delay", time.Second, "time a guest with running tools takes to shut down")
	flag.IntVar(&m.Datacenter, "dc", m.Datacenter, "datacenters")
	flag.IntVar(&m.Cluster, "cluster", m.Cluster, "clusters per datacenter")
	flag.IntVar(&m.ClusterHost, "host", m.ClusterHost, "hosts per cluster")
	flag.IntVar(&m.Host, "standalone-host", m.Host, "standalone hosts per datacenter")
	flag.IntVar(&m.Machine, "vm", m.Machine, "VMs per resource pool")
	flag.IntVar(&m.Pool, "pool", m.Pool, "resource pools per cluster")
	flag.IntVar(&m.App, "app", m.App, "vApps per cluster")
	flag.IntVar(&m.Pod, "pod", m.Pod, "storage pods per datacenter")
	flag.IntVar(&m.Datastore, "ds", m.Datastore, "local datastores")
	flag.IntVar(&m.Portgroup, "pg", m.Portgroup, "distributed port groups per datacenter")
	flag.IntVar(&m.PortgroupNSX, "pg-nsx", m.PortgroupNSX, "NSX backed port groups per datacenter")
	flag.IntVar(&m.OpaqueNetwork, "nsx", m.OpaqueNetwork, "opaque networks per datacenter")
	flag.IntVar(&m.Folder, "folder", m.Folder, "datacenters placed in a folder of their own")
	flag.BoolVar(&m.Autostart, "autostart", m.Autostart, "power on created VMs")
	flag.Parse()
	if o.esx {
		e := simulator.ESX()
		e.Machine, e.Datastore, e.Autostart = m.Machine, m.Datastore, m.Autostart
		m = e
	}
	if p, ok := os.LookupEnv("VCSIM_PASSWORD"); ok {
		o.password = p
	}
	o.model = m
	return o
}

func methodDelays(text string) (map[string]int, error) {
	delays := map[string]int{}
	for _, item := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' }) {
		name, ms, found := strings.Cut(item, ":")
		value, err := strconv.Atoi(ms)
		if !found || err != nil {
			return nil, fmt.Errorf("-method-delay %q: want name:milliseconds", item)
		}
		delays[name] = value
	}
	return delays, nil
}

// absolute resolves a path before the current folder changes; an empty one stays empty.
func absolute(path string) string {
	if path == "" {
		return ""
	}
	if resolved, err := filepath.Abs(path); err == nil {
		return resolved
	}
	return path
}

// run keeps main's exits in one place, so that the work folder is always removed.
func run(o *options) error {
	started := time.Now()
	load, estate, err := absolute(o.load), absolute(o.estate), error(nil)
	if o.save != "" {
		return saveEstate(estate, absolute(o.save))
	}
	// A loaded inventory has no work folder of its own: the simulator makes one per datastore in
	// the current folder, so the current folder has to be one that is removed at the end.
	home, err := os.MkdirTemp("", "vcsim-home-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(home)
	if err = os.Chdir(home); err != nil {
		return err
	}

	if o.model.DelayConfig.MethodDelay, err = methodDelays(o.methodDelay); err != nil {
		return err
	}
	o.model.DelayConfig.Delay, o.model.DelayConfig.DelayJitter = o.delay, o.jitter
	if estate != "" {
		load = filepath.Join(home, "inventory")
		if err = saveEstate(estate, load); err != nil {
			return fmt.Errorf("estate: %w", err)
		}
	}
	if load != "" {
		err = o.model.Load(load)
	} else {
		err = o.model.Create()
	}
	if err != nil {
		return fmt.Errorf("inventory: %w", err)
	}
	defer o.model.Remove()

	service := o.model.Service
	service.Listen = &url.URL{Host: o.listen, User: url.UserPassword(o.username, o.password)}
	service.RegisterEndpoints = true
	certificate := &rotatingCertificate{}
	if o.tls {
		if err = certificate.load(o.tlsCert, o.tlsKey); err != nil {
			return fmt.Errorf("certificate: %w", err)
		}
		service.TLS = &tls.Config{
			Certificates:       []tls.Certificate{*certificate.current()},
			GetConfigForClient: certificate.configForClient,
		}
	}
	privileges := newDeniedPrivileges(o.model.Map())
	giveNeighbours(o.model.Map())
	guests := newGuests(o.model, o.shutdownDelay)
	server := service.NewServer()
	front := newFront(server.Config.Handler, guests)
	server.Config.Handler = front
	defer server.Close()

	if load != "" {
		if err = loadTags(filepath.Join(load, "tags.json"), server.URL); err != nil {
			return err
		}
	}
	admin, err := startAdmin(o.admin, front, guests, privileges, certificate, o.model)
	if err != nil {
		return err
	}

	line := ready{URL: (&url.URL{Scheme: server.URL.Scheme, Host: server.URL.Host, Path: server.URL.Path}).String(), Admin: admin, VirtualMachines: o.model.Count().Machine, Milliseconds: time.Since(started).Milliseconds()}
	if o.tls {
		line.SHA256, line.SHA1, line.Certificate = certificate.fingerprints()
	}
	if err = json.NewEncoder(os.Stdout).Encode(line); err != nil {
		return err
	}

	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGINT, syscall.SIGTERM)
	if o.stdinExit {
		go func() {
			_, _ = io.Copy(io.Discard, os.Stdin)
			stop <- syscall.SIGTERM
		}()
	}
	<-stop
	return nil
}

func main() {
	log.SetFlags(0)
	log.SetPrefix("vcsim: ")
	if err := run(parse()); err != nil {
		log.Fatal(err)
	}
}
