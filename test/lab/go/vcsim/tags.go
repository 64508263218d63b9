package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"

	"github.com/vmware/govmomi"
	"github.com/vmware/govmomi/vapi/rest"
	"github.com/vmware/govmomi/vapi/tags"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

// savedTags is the tags.json of a saved inventory: govc object.save knows no tags.
type savedTags struct {
	Categories []savedCategory `json:"categories"`
	Tags       []savedTag      `json:"tags"`
}

type savedCategory struct {
	Name        string   `json:"name"`
	Description string   `json:"description"`
	Cardinality string   `json:"cardinality"`
	Types       []string `json:"types"`
}

type savedTag struct {
	Name        string `json:"name"`
	Description string `json:"description"`
	Category    string `json:"category"`
	// Objects are references written type:value.
	Objects []string `json:"objects"`
}

func loadTags(file string, server *url.URL) error {
	text, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	var saved savedTags
	if err = json.Unmarshal(text, &saved); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	ctx := context.Background()
	client, err := govmomi.NewClient(ctx, server, true)
	if err != nil {
		return err
	}
	defer func() { _ = client.Logout(ctx) }()
	session := rest.NewClient(client.Client)
	if err = session.Login(ctx, server.User); err != nil {
		return err
	}
	defer func() { _ = session.Logout(ctx) }()
	return createTags(ctx, tags.NewManager(session), saved)
}

func createTags(ctx context.Context, manager *tags.Manager, saved savedTags) error {
	categories := map[string]string{}
	for _, c := range saved.Categories {
		id, err := manager.CreateCategory(ctx, &tags.Category{Name: c.Name, Description: c.Description, Cardinality: c.Cardinality, AssociableTypes: c.Types})
		if err != nil {
			return fmt.Errorf("tag category %q: %w", c.Name, err)
		}
		categories[c.Name] = id
	}
	for _, t := range saved.Tags {
		id, err := manager.CreateTag(ctx, &tags.Tag{Name: t.Name, Description: t.Description, CategoryID: categories[t.Category]})
		if err != nil {
			return fmt.Errorf("tag %q: %w", t.Name, err)
		}
		refs := make([]mo.Reference, 0, len(t.Objects))
		for _, text := range t.Objects {
			var ref types.ManagedObjectReference
			if !ref.FromString(text) {
				return fmt.Errorf("tag %q: %q is no reference", t.Name, text)
			}
			refs = append(refs, ref)
		}
		for len(refs) > 0 {
			n := min(len(refs), 1000)
			if err = manager.AttachTagToMultipleObjects(ctx, id, refs[:n]); err != nil {
				return fmt.Errorf("attach tag %q: %w", t.Name, err)
			}
			refs = refs[n:]
		}
	}
	return nil
}
