package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"time"

	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
	"github.com/vmware/govmomi/vim25/xml"
)

// rawObject is one line of an estate: an object as a collector reads it, with vim25 property
// paths as keys, JSON values, and the class of a value as $type where the declared one is not meant.
type rawObject struct {
	Type       string                     `json:"type"`
	ExternalID string                     `json:"externalId"`
	Body       map[string]json.RawMessage `json:"body"`
}

// longestLine is far above a machine with hundreds of disks and a novel for an annotation.
const longestLine = 64 << 20

func readEstate(file string, each func(rawObject) error) error {
	input, err := os.Open(file)
	if err != nil {
		return err
	}
	defer input.Close()
	lines := bufio.NewReaderSize(input, 1<<20)
	for number := 1; ; number++ {
		line, err := lines.ReadBytes('\n')
		if len(line) > longestLine {
			return fmt.Errorf("%s line %d: longer than %d bytes", file, number, longestLine)
		}
		if len(strings.TrimSpace(string(line))) > 0 {
			var object rawObject
			if parseErr := json.Unmarshal(line, &object); parseErr != nil {
				return fmt.Errorf("%s line %d: %w", file, number, parseErr)
			}
			if eachErr := each(object); eachErr != nil {
				return fmt.Errorf("%s line %d, %s:%s: %w", file, number, object.Type, object.ExternalID, eachErr)
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// saveEstate writes the objects as a saved inventory, in the form of govc object.save.
func saveEstate(file, dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	links, err := linkEstate(file)
	if err != nil {
		return err
	}
	number := 0
	write := func(object mo.Reference) error {
		number++
		name := filepath.Join(dir, fmt.Sprintf("%07d-%s-%s.xml", number, object.Reference().Type, plain(object.Reference().Value)))
		return writeContent(name, object)
	}
	if err = write(links.customFields()); err != nil {
		return err
	}
	err = readEstate(file, func(raw rawObject) error {
		if raw.Type == "Tag" {
			return nil
		}
		object, err := buildObject(raw)
		if err != nil {
			return err
		}
		if err = links.complete(object, raw); err != nil {
			return err
		}
		if strings.HasSuffix(raw.Type, "ComputeResource") {
			if err = write(&mo.EnvironmentBrowser{Self: environmentBrowser(object.Reference())}); err != nil {
				return err
			}
		}
		return write(object)
	})
	if err != nil {
		return err
	}
	return links.writeTags(filepath.Join(dir, "tags.json"))
}

// plain keeps file names plain; the reference itself stands in the file.
func plain(value string) string {
	return strings.Map(func(r rune) rune {
		if r == '/' || r == ':' {
			return '_'
		}
		return r
	}, value)
}

// buildObject makes govmomi's object of a raw one.
func buildObject(raw rawObject) (mo.Reference, error) {
	ref := types.ManagedObjectReference{Type: raw.Type, Value: raw.ExternalID}
	object, ok := mo.Value(ref)
	if !ok {
		return nil, errors.New("vim25 has no such type")
	}
	pointer := reflect.New(reflect.TypeOf(object))
	value := pointer.Elem()
	self := fieldByName(value, "self")
	if !self.IsValid() {
		return nil, errors.New("it has no reference to itself")
	}
	self.Set(reflect.ValueOf(ref))
	for path, text := range raw.Body {
		if strings.HasPrefix(path, "$") || path == "availableField" {
			continue
		}
		if err := setPath(value, strings.Split(path, "."), text); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
	}
	built, ok := pointer.Interface().(mo.Reference)
	if !ok {
		return nil, errors.New("it is no managed object")
	}
	return built, nil
}

// fieldByName finds a field by its vim25 name, the outermost first: a network has a name of its
// own beside that of every entity, and vim25 means the former.
func fieldByName(value reflect.Value, name string) reflect.Value {
	kind := value.Type()
	for i := range kind.NumField() {
		if field := kind.Field(i); !field.Anonymous && vimName(field) == name {
			return value.Field(i)
		}
	}
	for i := range kind.NumField() {
		if field := kind.Field(i); field.Anonymous && field.Type.Kind() == reflect.Struct {
			if found := fieldByName(value.Field(i), name); found.IsValid() {
				return found
			}
		}
	}
	return reflect.Value{}
}

func vimName(field reflect.StructField) string {
	return strings.Split(field.Tag.Get("json"), ",")[0]
}

func setPath(value reflect.Value, path []string, text json.RawMessage) error {
	field := fieldByName(value, path[0])
	if !field.IsValid() {
		return fmt.Errorf("%s has no %s", value.Type(), path[0])
	}
	if len(path) == 1 {
		return setValue(field, text)
	}
	inner, err := settle(field)
	if err != nil {
		return err
	}
	return setPath(inner, path[1:], text)
}

// settle returns the struct behind a field on the way to a property, made if need be.
func settle(field reflect.Value) (reflect.Value, error) {
	switch field.Kind() {
	case reflect.Struct:
		return field, nil
	case reflect.Pointer:
		if field.IsNil() {
			field.Set(reflect.New(field.Type().Elem()))
		}
		return field.Elem(), nil
	case reflect.Interface:
		if field.IsNil() {
			concrete, err := concreteType(field.Type(), "")
			if err != nil {
				return reflect.Value{}, err
			}
			field.Set(reflect.New(concrete))
		}
		return field.Elem().Elem(), nil
	default:
		return reflect.Value{}, fmt.Errorf("%s has no fields", field.Type())
	}
}

var vimTypes = types.TypeFunc()

// concreteType is the class that a value names, else the one that an interface stands for.
func concreteType(declared reflect.Type, name string) (reflect.Type, error) {
	if name == "" {
		name = strings.TrimPrefix(declared.Name(), "Base")
	}
	concrete, ok := vimTypes(name)
	if !ok {
		return nil, fmt.Errorf("vim25 has no class %q", name)
	}
	return concrete, nil
}

func setValue(field reflect.Value, text json.RawMessage) error {
	if string(text) == "null" {
		return nil
	}
	if field.Type() == reflect.TypeOf(time.Time{}) {
		return json.Unmarshal(text, field.Addr().Interface())
	}
	switch field.Kind() {
	case reflect.Pointer:
		inner := reflect.New(field.Type().Elem())
		if err := setValue(inner.Elem(), text); err != nil {
			return err
		}
		field.Set(inner)
		return nil
	case reflect.Interface:
		return setInterface(field, text)
	case reflect.Struct:
		return setFields(field, text)
	case reflect.Slice:
		return setSlice(field, text)
	default:
		return json.Unmarshal(text, field.Addr().Interface())
	}
}

func setSlice(field reflect.Value, text json.RawMessage) error {
	var items []json.RawMessage
	if err := json.Unmarshal(text, &items); err != nil {
		return err
	}
	list := reflect.MakeSlice(field.Type(), len(items), len(items))
	for i, item := range items {
		if err := setValue(list.Index(i), item); err != nil {
			return fmt.Errorf("[%d]: %w", i, err)
		}
	}
	field.Set(list)
	return nil
}

func setInterface(field reflect.Value, text json.RawMessage) error {
	// anyType: a plain value stands for itself.
	if field.NumMethod() == 0 && (len(text) == 0 || text[0] != '{') {
		var plain any
		if err := json.Unmarshal(text, &plain); err != nil {
			return err
		}
		field.Set(reflect.ValueOf(plain))
		return nil
	}
	var named struct {
		Type string `json:"$type"`
	}
	if err := json.Unmarshal(text, &named); err != nil {
		return err
	}
	concrete, err := concreteType(field.Type(), named.Type)
	if err != nil {
		return err
	}
	inner := reflect.New(concrete)
	if !inner.Type().AssignableTo(field.Type()) {
		return fmt.Errorf("%s is no %s", concrete, field.Type())
	}
	if err = setFields(inner.Elem(), text); err != nil {
		return err
	}
	field.Set(inner)
	return nil
}

func setFields(value reflect.Value, text json.RawMessage) error {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(text, &fields); err != nil {
		return err
	}
	for name, item := range fields {
		if name == "$type" {
			continue
		}
		field := fieldByName(value, name)
		if !field.IsValid() {
			return fmt.Errorf("%s has no %s", value.Type(), name)
		}
		if err := setValue(field, item); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// writeContent encodes an object as the property collector would give it, all properties.
func writeContent(file string, object mo.Reference) error {
	content := types.ObjectContent{Obj: object.Reference()}
	collect(reflect.ValueOf(object).Elem(), &content.PropSet, map[string]bool{})
	output, err := os.Create(file)
	if err != nil {
		return err
	}
	defer output.Close()
	return xml.NewEncoder(output).Encode(content)
}

func collect(value reflect.Value, set *[]types.DynamicProperty, seen map[string]bool) {
	kind := value.Type()
	for i := range kind.NumField() {
		field := kind.Field(i)
		name := vimName(field)
		if field.Anonymous || name == "" || name == "self" || seen[name] {
			continue
		}
		seen[name] = true
		if !value.Field(i).IsZero() {
			*set = append(*set, types.DynamicProperty{Name: name, Val: propertyValue(value.Field(i))})
		}
	}
	for i := range kind.NumField() {
		if kind.Field(i).Anonymous {
			collect(value.Field(i), set, seen)
		}
	}
}

// propertyValue is a value in the form of the property collector: lists become ArrayOf types.
func propertyValue(value reflect.Value) any {
	if value.Kind() == reflect.Pointer && value.Type().Elem().Kind() != reflect.Struct {
		return value.Elem().Interface()
	}
	if value.Kind() != reflect.Slice {
		return value.Interface()
	}
	name := strings.TrimPrefix(value.Type().Elem().Name(), "Base")
	if value.Type().Elem().Kind() == reflect.String {
		name = "String"
	}
	array, ok := vimTypes("ArrayOf" + name)
	if !ok {
		return value.Interface()
	}
	wrapped := reflect.New(array).Elem()
	field := wrapped.Field(0)
	field.Set(value.Convert(field.Type()))
	return wrapped.Interface()
}
