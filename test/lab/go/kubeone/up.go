package main

import (
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"go.etcd.io/etcd/server/v3/embed"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
)

// startTimeout is generous: the first start after a build reads a 100 MB executable from disk.
const startTimeout = 3 * time.Minute

// ready is the one line written to stdout once the API server answers. Everything that the
// components log goes to stderr.
type ready struct {
	URL          string `json:"url"`
	Dir          string `json:"dir"`
	Kubeconfig   string `json:"kubeconfig"`
	Token        string `json:"token"`
	ViewToken    string `json:"viewToken"`
	Milliseconds int64  `json:"milliseconds"`
}

type cluster struct {
	dir         string
	port        int
	token       string
	viewToken   string
	controllers string
	admins      string
	scheduler   bool
	stdinExit   bool
}

func (c *cluster) path(name string) string { return filepath.Join(c.dir, name) }
func (c *cluster) url() string             { return fmt.Sprintf("https://127.0.0.1:%d", c.port) }

func randomToken() string {
	bytes := make([]byte, 24)
	_, _ = rand.Read(bytes)
	return hex.EncodeToString(bytes)
}

func freePort() (int, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer listener.Close()
	address, ok := listener.Addr().(*net.TCPAddr)
	if !ok {
		return 0, errors.New("no TCP address")
	}
	return address.Port, nil
}

func parseUp(args []string) (*cluster, error) {
	c := &cluster{}
	flags := flag.NewFlagSet("up", flag.ContinueOnError)
	dir := flags.String("dir", "", "work folder")
	flags.IntVar(&c.port, "port", 0, "API port (0: any free one)")
	flags.StringVar(&c.token, "token", "", "bearer token of group system:masters (empty: a random one)")
	flags.StringVar(&c.controllers, "controllers", "", "controllers of kube-controller-manager, comma separated (empty: none)")
	flags.StringVar(&c.admins, "admins", "", "more administrators as name=user, comma separated; each gets NAME.kubeconfig")
	flags.BoolVar(&c.scheduler, "scheduler", false, "run kube-scheduler")
	flags.BoolVar(&c.stdinExit, "stdinexit", false, "take commands (keep, restore) from stdin and exit when it closes, so that a killed parent leaves no process")
	if err := flags.Parse(args); err != nil {
		return nil, err
	}
	if *dir == "" {
		return nil, errors.New("--dir is needed")
	}
	var err error
	if c.dir, err = filepath.Abs(*dir); err != nil {
		return nil, err
	}
	if c.token == "" {
		c.token = randomToken()
	}
	c.viewToken = randomToken()
	if c.port == 0 {
		c.port, err = freePort()
	}
	return c, err
}

func up(args []string) error {
	started := time.Now()
	c, err := parseUp(args)
	if err != nil {
		return err
	}
	if err = os.MkdirAll(c.dir, 0o700); err != nil {
		return err
	}
	certificates, err := issueAll(c.dir)
	if err != nil {
		return err
	}
	if err = c.writeAccess(); err != nil {
		return err
	}
	store, storeURL, err := startStore(c.path("etcd"))
	if err != nil {
		return fmt.Errorf("etcd: %w", err)
	}
	go func() { os.Exit(component(apiserver.NewAPIServerCommand(), c.apiServerFlags(storeURL))) }()
	if err = c.awaitReady(certificates.root.certificate); err != nil {
		return err
	}
	if err = c.startControllers(); err != nil {
		return err
	}
	if err = json.NewEncoder(os.Stdout).Encode(ready{c.url(), c.dir, c.path("kubeconfig"), c.token, c.viewToken, time.Since(started).Milliseconds()}); err != nil {
		return err
	}
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM, syscall.SIGINT)
	if c.stdinExit {
		go func() {
			newCheckpoint(store).obey(os.Stdin, os.Stdout)
			stop <- syscall.SIGTERM
		}()
	}
	<-stop
	// A plain API server drains for seconds and keeps its port; nothing here is worth the wait.
	stopChildren()
	os.Exit(0)
	return nil
}

func (c *cluster) writeAccess() error {
	tokens := fmt.Sprintf("%s,admin,admin,system:masters\n%s,viewer,viewer,viewers\n", c.token, c.viewToken)
	if err := c.writeKubeconfig("kubeconfig", c.token); err != nil {
		return err
	}
	for _, admin := range strings.FieldsFunc(c.admins, func(r rune) bool { return r == ',' }) {
		name, user, found := strings.Cut(admin, "=")
		if !found {
			return fmt.Errorf("--admins %q: want name=user", admin)
		}
		token := randomToken()
		tokens += fmt.Sprintf("%s,%s,%s,system:masters\n", token, user, name)
		if err := c.writeKubeconfig(name+".kubeconfig", token); err != nil {
			return err
		}
	}
	return os.WriteFile(c.path("tokens.csv"), []byte(tokens), 0o600)
}

func (c *cluster) writeKubeconfig(file, token string) error {
	authority, err := os.ReadFile(c.path("ca.crt"))
	if err != nil {
		return err
	}
	// JSON is YAML, and quotes every value for us.
	config, err := json.MarshalIndent(map[string]any{
		"apiVersion": "v1", "kind": "Config", "current-context": "lab",
		"clusters": []any{map[string]any{"name": "lab", "cluster": map[string]any{"server": c.url(), "certificate-authority-data": authority}}},
		"users":    []any{map[string]any{"name": "user", "user": map[string]any{"token": token}}},
		"contexts": []any{map[string]any{"name": "lab", "context": map[string]any{"cluster": "lab", "user": "user"}}},
	}, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(c.path(file), config, 0o600)
}

func startStore(dir string) (*embed.Etcd, *url.URL, error) {
	config := embed.NewConfig()
	config.Dir = dir
	config.LogLevel = "error"
	// The data dies with the test: waiting for the disk buys nothing.
	config.UnsafeNoFsync = true
	var urls [2]url.URL
	for i := range urls {
		port, err := freePort()
		if err != nil {
			return nil, nil, err
		}
		urls[i] = url.URL{Scheme: "http", Host: fmt.Sprintf("127.0.0.1:%d", port)}
	}
	client, peer := urls[:1], urls[1:]
	config.ListenClientUrls, config.AdvertiseClientUrls = client, client
	config.ListenPeerUrls, config.AdvertisePeerUrls = peer, peer
	config.InitialCluster = config.InitialClusterFromName(config.Name)
	server, err := embed.StartEtcd(config)
	if err != nil {
		return nil, nil, err
	}
	select {
	case <-server.Server.ReadyNotify():
		return server, &urls[0], nil
	case <-time.After(startTimeout):
		return nil, nil, fmt.Errorf("not ready after %v", startTimeout)
	}
}

func (c *cluster) apiServerFlags(store *url.URL) []string {
	return []string{
		"--etcd-servers=" + store.String(), "--bind-address=127.0.0.1", "--advertise-address=127.0.0.1", fmt.Sprintf("--secure-port=%d", c.port),
		"--tls-cert-file=" + c.path("server.crt"), "--tls-private-key-file=" + c.path("server.key"),
		"--client-ca-file=" + c.path("ca.crt"), "--token-auth-file=" + c.path("tokens.csv"),
		"--service-account-issuer=https://kubernetes.default.svc", "--service-account-key-file=" + c.path("sa.key"),
		"--service-account-signing-key-file=" + c.path("sa.key"),
		"--requestheader-client-ca-file=" + c.path("ca.crt"), "--requestheader-allowed-names=front-proxy-client",
		"--requestheader-username-headers=X-Remote-User", "--requestheader-group-headers=X-Remote-Group",
		"--requestheader-extra-headers-prefix=X-Remote-Extra-",
		"--proxy-client-cert-file=" + c.path("proxy-client.crt"), "--proxy-client-key-file=" + c.path("proxy-client.key"),
		"--authorization-mode=RBAC", "--service-cluster-ip-range=10.0.0.0/24", "--allow-privileged=true",
		"--endpoint-reconciler-type=none", "--disable-admission-plugins=ServiceAccount",
	}
}

func (c *cluster) awaitReady(root *x509.Certificate) error {
	pool := x509.NewCertPool()
	pool.AddCert(root)
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}}, Timeout: 2 * time.Second}
	for deadline := time.Now().Add(startTimeout); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		request, err := http.NewRequest(http.MethodGet, c.url()+"/readyz", nil)
		if err != nil {
			return err
		}
		request.Header.Set("Authorization", "Bearer "+c.token)
		response, err := client.Do(request)
		if err != nil {
			continue
		}
		_ = response.Body.Close()
		if response.StatusCode == http.StatusOK {
			return nil
		}
	}
	return fmt.Errorf("the API server was not ready after %v", startTimeout)
}

func (c *cluster) startControllers() error {
	common := []string{"--kubeconfig=" + c.path("kubeconfig"), "--leader-elect=false", "--bind-address=127.0.0.1", "--secure-port=0", "--cert-dir=" + c.dir}
	if c.controllers != "" {
		args := append([]string{"kube-controller-manager"}, common...)
		args = append(args, "--controllers="+c.controllers, "--service-account-private-key-file="+c.path("sa.key"),
			"--root-ca-file="+c.path("ca.crt"), "--use-service-account-credentials=false",
			// Nobody sends true heartbeats here: on a busy machine a late one would make every Pod unready.
			"--node-monitor-grace-period=24h")
		if err := c.startSelf(args); err != nil {
			return err
		}
	}
	if c.scheduler {
		return c.startSelf(append([]string{"kube-scheduler"}, common...))
	}
	return nil
}

func (c *cluster) startSelf(args []string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	output, err := os.Create(c.path(args[0] + ".log"))
	if err != nil {
		return err
	}
	child, err := startChild(self, args, output)
	if err != nil {
		return fmt.Errorf("%s: %w", args[0], err)
	}
	go func() {
		if err := child.Wait(); err != nil {
			log.Printf("%s ended: %v", args[0], err)
		}
	}()
	return nil
}
